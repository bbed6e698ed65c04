//! Verifies the stored chains while the app is idle: soon after it opens, then once a day.

use super::handle::Session;
use super::note::Note;
use crate::browser_storage;
use crate::device::clock;
use crate::device::device_store::DeviceStore;
use crate::engine::{Changed, Damage, Engine, Mending, Verification, VerifiedUpTo};
use crate::store::{Fault, IndexedDb, Store};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Milliseconds between two steps. With the steps themselves, a million lines take some minutes.
const PAUSE: u32 = 20;
/// Milliseconds without an input after which the app counts as idle.
const QUIET: u64 = 3_000;
/// Milliseconds after which everything is verified again.
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// Milliseconds before the first step, and between two looks whether the app is idle.
const LOOK: u32 = 2_000;
/// Milliseconds until another part of the program is fetched again.
const MINUTE: u32 = 60_000;
/// Milliseconds between two looks whether a day has passed.
const HOUR: u32 = 60 * 60 * 1_000;
/// How many steps are made before the place is stored.
const STEPS: u32 = 16;
/// How many times a verification begins again after it mended something.
const MENDINGS: u32 = 3;

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
    /// Starts the task that verifies the book.
    pub(super) fn start_verification(self, name: &str, engine: &Rc<Engine<IndexedDb>>) {
        let (name, engine) = (name.to_owned(), Rc::clone(engine));
        spawn_local(async move {
            while self.name() == name {
                match (self.lazy.verify)(self, name.clone(), Rc::clone(&engine)).await {
                    // The part of the program that verifies could not be loaded, which each screen in it says.
                    Err(Fault::NotFetched) => TimeoutFuture::new(MINUTE).await,
                    Err(fault) => {
                        self.tell(Note::Fault(fault));
                        return;
                    }
                    Ok(()) => return,
                }
            }
        });
    }

    /// Verifies the last line of this device, and then the whole book as long as it stays open. Called through
    /// [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn verify_when_idle(
        self,
        name: String,
        engine: Rc<Engine<IndexedDb>>,
    ) -> Result<(), Fault> {
        self.mend_or_tell(&name, &engine, engine.verify_head().await?).await?;
        TimeoutFuture::new(LOOK).await;
        while self.name() == name {
            self.verify_once(&name, &engine).await?;
            TimeoutFuture::new(HOUR).await;
        }
        Ok(())
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
        let (mut steps, mut mendings, mut is_whole) = (0, 0, true);
        loop {
            TimeoutFuture::new(PAUSE).await;
            if self.name() != name {
                return Ok(());
            }
            if DeviceStore(name).last_activity().is_some_and(|at| clock::now() < at + QUIET) {
                TimeoutFuture::new(LOOK).await;
                continue;
            }
            let goes_on = verification.step(engine).await?;
            steps += 1;
            let damages = std::mem::take(&mut verification.damages);
            is_whole &= damages.is_empty();
            if mendings < MENDINGS && self.mend_or_tell(name, engine, damages).await? {
                mendings += 1;
                self.publish(engine, &Changed::everything());
                self.notify_other_tabs(name);
                // What was found beside it may have been a consequence of it.
                (verification, is_whole) = (Verification::default(), true);
                continue;
            }
            if !is_whole {
                // Each visit verifies a damaged book from its beginning, so that its accounts stay marked.
                browser_storage::forget(&key(name));
            } else if !goes_on || steps % STEPS == 0 {
                let done = (!goes_on).then(clock::now);
                let up_to = verification.progress().filter(|_| goes_on);
                browser_storage::set(&key(name), &Stored { life: life.clone(), done, up_to });
            }
            if !goes_on {
                self.inner.try_update_value(|inner| inner.is_verified = is_whole);
                self.wake_mirror();
                return Ok(());
            }
        }
    }

    /// Marks the accounts of changed entries and mends what the mirror has the right lines of. Of what is left, says which
    /// entry is not as it was recorded. True if something was mended.
    pub(super) async fn mend_or_tell(
        self,
        name: &str,
        engine: &Engine<IndexedDb>,
        damages: Vec<Damage>,
    ) -> Result<bool, Fault> {
        if damages.is_empty() {
            return Ok(false);
        }
        engine.mark_damaged(&damages);
        let (at, now) = (clock::today(), clock::now());
        // A mirror that cannot be read mends nothing.
        let mending = (self.lazy.mend)(engine, name.to_owned(), damages.clone(), at, now).await;
        let Mending { lines, left } = mending.unwrap_or(Mending { lines: 0, left: damages });
        if lines > 0 {
            self.told_mended(lines);
            return Ok(true);
        }
        self.inner.try_update_value(|inner| inner.damages.extend(left.iter().cloned()));
        self.tell_damage(engine, &left).await?;
        Ok(false)
    }

    /// Entries are as they were recorded again.
    pub(super) fn told_mended(self, entries: u64) {
        self.inner.try_update_value(|inner| inner.damages.clear());
        self.no_longer(|note| matches!(note, Note::Fault(Fault::Damaged { .. } | Fault::Corrupt { .. })));
        self.tell(Note::Mended { entries });
    }

    async fn tell_damage(self, engine: &Engine<IndexedDb>, damages: &[Damage]) -> Result<(), Fault> {
        let Some(first) = damages.first() else { return Ok(()) };
        let letters = engine.letters_of(&first.device, first.chain).await?;
        let Damage { no, first, last, missing, .. } = first.clone();
        let letter = letters.unwrap_or_default();
        self.tell(Note::Fault(Fault::Damaged { letter, no, first, last, missing }));
        Ok(())
    }
}
