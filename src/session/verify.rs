//! Verifies the stored chains while the app is idle: soon after it opens, then once a day.

use super::handle::Session;
use crate::browser_storage;
use crate::device::clock;
use crate::device::device_store::DeviceStore;
use crate::engine::{Damage, Engine, Verification, VerifiedUpTo};
use crate::store::{Fault, IndexedDb, Store};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Milliseconds between two steps. With the steps themselves, a million lines take some minutes.
const PAUSE: u32 = 20;
/// Milliseconds without an input after which the app counts as idle.
const QUIET: u64 = 3_000;
/// Milliseconds after which everything is verified again.
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// Milliseconds between two looks whether it is time.
const LOOK: u32 = 2_000;
/// How many steps are made before the place is stored.
const STEPS: u32 = 16;

/// How far a verification has come, stored so that the next visit goes on there.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// The life of the store; another one begins anew.
    life: String,
    /// When all lines had been verified, in milliseconds since 1970.
    done: Option<u64>,
    up_to: Option<VerifiedUpTo>,
}

fn key(store: &str) -> String {
    format!("{store}-verified")
}

impl Session {
    /// Verifies the book as long as it stays open.
    pub(super) async fn verify_when_idle(self, name: String, engine: Rc<Engine<IndexedDb>>) {
        while self.name() == name {
            TimeoutFuture::new(LOOK).await;
            if let Err(fault) = self.verify_once(&name, &engine).await {
                // A store that was closed or emptied is reported by who notices it first.
                self.trouble.try_set(Some(fault));
                return;
            }
        }
    }

    /// Verifies what is due, and pauses while the app is used.
    async fn verify_once(self, name: &str, engine: &Rc<Engine<IndexedDb>>) -> Result<(), Fault> {
        let life = engine.store().arrivals().await?.life;
        let stored = browser_storage::get::<Stored>(&key(name)).filter(|stored| stored.life == life);
        let done = stored.as_ref().and_then(|stored| stored.done);
        if done.is_some_and(|done| clock::now() < done + DAY) {
            return Ok(());
        }
        let up_to = stored.and_then(|stored| stored.up_to).filter(|_| done.is_none());
        let mut verification = up_to.map_or_else(Verification::default, Verification::after);
        let mut steps = 0;
        loop {
            TimeoutFuture::new(PAUSE).await;
            if self.name() != name {
                return Ok(());
            }
            if DeviceStore(name).last_activity().is_some_and(|at| clock::now() < at + QUIET) {
                continue;
            }
            let goes_on = verification.step(engine).await?;
            steps += 1;
            let damages = std::mem::take(&mut verification.damages);
            self.report_damages(engine, &damages).await?;
            if !goes_on || steps % STEPS == 0 {
                let done = (!goes_on).then(clock::now);
                let up_to = verification.progress().filter(|_| goes_on);
                browser_storage::set(&key(name), &Stored { life: life.clone(), done, up_to });
            }
            if !goes_on {
                return Ok(());
            }
        }
    }

    /// Marks the accounts of changed entries, and says which entry is not as it was recorded.
    pub(super) async fn report_damages(
        self,
        engine: &Engine<IndexedDb>,
        damages: &[Damage],
    ) -> Result<(), Fault> {
        let Some(first) = damages.first() else { return Ok(()) };
        engine.mark_damaged(damages);
        let letters = engine.letters_of(&first.device, first.chain).await?;
        let Damage { no, first, last, missing, .. } = first.clone();
        let letter = letters.unwrap_or_default();
        self.trouble.try_set(Some(Fault::Damaged { letter, no, first, last, missing }));
        Ok(())
    }
}
