//! What lives as long as the page, behind the handle.

use super::watch::Watch;
use crate::device::channel::Channel;
use crate::engine::Engine;
use crate::store::IndexedDb;
use indexmap::IndexMap;
use ledger::id::Id;
use std::rc::Rc;

/// What is behind the handle.
#[derive(Default)]
pub struct Inner {
    /// The open book.
    pub engine: Option<Rc<Engine<IndexedDb>>>,
    /// The name of its store.
    pub name: String,
    /// The accounts that screens look at.
    pub watched: IndexMap<Id, Watch>,
    /// To the other tabs.
    pub channel: Option<Channel>,
}
