//! The state behind the session handle, which lives as long as the page.

use super::watch::Watch;
use crate::device::channel::Channel;
use crate::device::mark_storage::LastBackup;
use crate::device::wake::Wake;
use crate::engine::{Damage, Engine, Recorded};
use crate::replica::Inbox;
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
    /// When a member of staff confirmed the date, in milliseconds since 1970.
    pub clock_confirmed: u64,
    /// The backup that was offered last, until a member of staff has seen the file.
    pub offered: Option<LastBackup>,
    /// What is known to be damaged in the store, and could not be mended.
    pub damages: Vec<Damage>,
    /// Whether all of the store was verified and is whole.
    pub is_verified: bool,
    /// The store that was last open since the page was loaded.
    pub was_open: String,
    /// The store that the browser closed while it was being opened.
    pub closed_early: String,
    /// Wakes the task that keeps the mirror.
    pub mirror: Wake,
    /// Wakes the task that hands mails to the endpoint.
    pub mails: Wake,
    /// What the exchange of the open book is told, if the book is connected.
    pub inbox: Option<Inbox>,
}
