//! The state behind the session handle, which lives as long as the page.

use super::watch::Watch;
use crate::device::channel::Channel;
use crate::engine::{Engine, Recorded};
use crate::store::IndexedDb;
use indexmap::IndexMap;
use ledger::id::Id;
use std::rc::Rc;

/// The state behind the handle.
#[derive(Default)]
pub struct Inner {
    /// The engine of the open book.
    pub engine: Option<Rc<Engine<IndexedDb>>>,
    /// The name of its store.
    pub name: String,
    /// The accounts that screens show, the most recently used last.
    pub watched: IndexMap<Id, Watch>,
    /// What this tab recorded last.
    pub last_recorded: Vec<Recorded>,
    /// The channel to the other tabs.
    pub channel: Option<Channel>,
}
