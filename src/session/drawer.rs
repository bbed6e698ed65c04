//! Asks at which drawer a device stands that was made from a backup: it may replace a device of the shop, or stand beside it.

use super::handle::Session;
use super::note::Note;
use crate::browser_storage;
use crate::device::{clock, registry};
use crate::engine::{Engine, NewChain};
use crate::sort::sort_by;
use crate::store::{ChainPosition, Fault, IndexedDb, Store};
use journal::{ChainOpened, Line, OPENED, Why};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where it is noted that the device stands at a drawer of its own.
fn own_key(store: &str) -> String {
    format!("{store}-own-drawer")
}

impl Session {
    /// Starts to ask, if this device has not recorded anything yet and was not answered.
    pub(super) async fn check_drawer(self, name: &str, engine: &Rc<Engine<IndexedDb>>) {
        let is_new = {
            let device = engine.device();
            device.chain == 1 && device.head.is_some_and(|head| head.seq == 1)
        };
        if is_new && name != registry::EXAMPLE && browser_storage::text(&own_key(name)).is_none() {
            // Without the part of the program that does it, the next visit asks.
            let _ = (self.lazy.ask_drawer)(self, name.to_owned(), Rc::clone(engine)).await;
        }
    }

    /// Asks if the device was made from a backup and the shop has drawers. Called through [`Lazy`](super::lazy::Lazy), because
    /// its code may be in another part of the program.
    pub(crate) async fn ask_which_drawer(self, engine: &Engine<IndexedDb>) -> Result<(), Fault> {
        let (own, letter) = {
            let device = engine.device();
            (device.device.to_string(), device.letter.clone())
        };
        let first = engine.store().at(&ChainPosition::new(&own, 1, 1)).await?;
        let is_restored = first.and_then(|stored| opened(&stored.bytes)).is_some_and(|(_, opened)| {
            // A device that had a drawer keeps it.
            opened.why == Why::Restored && opened.drawer == letter
        });
        let mut drawers = Vec::new();
        if is_restored {
            let mut last = BTreeMap::new();
            for stored in engine.store().entries("").await? {
                let Some(((device, chain), opened)) = opened(&stored.bytes) else { continue };
                let known: &mut (u32, String) = last.entry(device).or_default();
                *known = std::mem::take(known).max((chain, opened.drawer));
            }
            last.remove(&own);
            drawers.extend(last.into_values().map(|(_, drawer)| drawer));
            sort_by(&mut drawers, Ord::cmp);
            drawers.dedup();
        }
        if !drawers.is_empty() {
            self.tell(Note::WhichDrawer(drawers));
        }
        Ok(())
    }

    /// Whether nothing may be recorded until the drawer is known.
    pub(super) fn asks_drawer(self) -> bool {
        let is_asked = |notes: &Vec<Note>| notes.iter().any(|note| matches!(note, Note::WhichDrawer(_)));
        self.notes.try_with_untracked(is_asked).unwrap_or(false)
    }

    /// The answer: a drawer of the shop, or `None` for the one that the device has. Another drawer needs a new chain, because the
    /// first line of a chain names it.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    pub async fn stand_at(self, drawer: Option<String>) -> Result<(), Fault> {
        let (engine, name) = (self.open_engine()?, self.name());
        if drawer.is_some() {
            self.begin_chain(&name, &engine, NewChain { drawer, ..NewChain::of_store(Why::New) }).await?;
        } else {
            browser_storage::put(&own_key(&name), Some("yes".to_owned()));
        }
        self.no_longer(|note| matches!(note, Note::WhichDrawer(_)));
        Ok(())
    }

    /// Begins a chain of the open book, with a number and letters that this browser never used.
    pub(super) async fn begin_chain(
        self,
        name: &str,
        engine: &Engine<IndexedDb>,
        new: NewChain,
    ) -> Result<(), Fault> {
        let device = engine.device().clone();
        let mark = Self::mark(name, Some(&device)).await;
        let new = NewChain { highest: mark.highest_chain(), letters: mark.letters(), ..new };
        (self.lazy.start_new_chain)(engine, new, clock::today(), clock::now()).await?;
        self.advance_mark(name, engine);
        let (letter, drawer) = {
            let device = engine.device();
            (device.letter.clone(), device.drawer.clone())
        };
        self.this_device.try_update(|device| (device.letter, device.drawer) = (letter, drawer));
        self.notify_other_tabs(name);
        self.wake_mirror();
        Ok(())
    }
}

/// The device and the number of a chain, and what its first line says; `None` if it is another line.
fn opened(text: &str) -> Option<((String, u32), ChainOpened)> {
    let line = Line::parse(text.as_bytes()).ok().filter(|line| line.kind == OPENED)?;
    let opened = ChainOpened::parse(line.kv, line.body.get()).ok()?;
    Some(((line.device.to_owned(), line.chain), opened))
}
