//! What happens to every entry, whatever it says: its id, what it waits for, its fold, the identities.

use crate::account::state::{Account, AccountEntry, EntryState};
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::fold::entry::fold_entry;
use crate::id::Id;
use crate::posting::{Lines, Movement};
use std::sync::Arc;

/// Takes an entry at the end. `None` when it posts nothing because it does not count.
pub fn take(account: &mut Account, entry: &Arc<Entry>) -> Option<Lines> {
    let names_missing = first_missing(account, &entry.body).is_some();
    take_checked(account, entry, names_missing)
}

/// The same when it is known whether the entry names anything that is not here.
pub fn take_checked(account: &mut Account, entry: &Arc<Entry>, names_missing: bool) -> Option<Lines> {
    account.records += 1;
    if !claim_id(account, entry, EntryState::Counts) {
        return None;
    }
    // Looked up once more, now that the entry itself is here: it may name itself.
    if names_missing && let Some(missing) = first_missing(account, &entry.body) {
        await_missing(account, &entry.body);
        if !entry.body.posts_alone() {
            account.waiting.push(entry.id.clone());
            set_state(account, &entry.id, EntryState::Waits(missing));
            return None;
        }
    }
    account.last = account.last.max(Some(entry.on));
    Some(fold_entry(account, entry))
}

/// Keeps the id of an entry that an endpoint refused.
pub fn refuse(account: &mut Account, entry: &Arc<Entry>) {
    account.records += 1;
    claim_id(account, entry, EntryState::Refused);
}

/// The first thing that the body names and that does not count here.
pub fn first_missing(account: &Account, body: &Body) -> Option<Id> {
    let mut missing = None;
    body.each_name(|name| {
        if missing.is_none() && !account.has(name) {
            missing = Some(name.clone());
        }
    });
    missing
}

/// Remembers everything the body names that is not here.
fn await_missing(account: &mut Account, body: &Body) {
    let mut missing = Vec::new();
    body.each_name(|name| {
        if !account.has(name) {
            missing.push(name.clone());
        }
    });
    account.awaited.extend(missing);
}

/// Gives the entry its id, unless another has it: the first in order counts, and the same content twice is
/// once. A refused entry gives way to one that counts with the same content.
fn claim_id(account: &mut Account, entry: &Arc<Entry>, state: EntryState) -> bool {
    let new = || AccountEntry { entry: entry.clone(), state: state.clone() };
    let Some(known) = account.entries.insert_or_get(&entry.id, new) else { return true };
    if !known.entry.has_same_content(entry) {
        account.clashes.push(entry.clone());
        return false;
    }
    let counts_now = known.state == EntryState::Refused && state == EntryState::Counts;
    if counts_now {
        known.state = EntryState::Counts;
    }
    counts_now
}

fn set_state(account: &mut Account, id: &Id, state: EntryState) {
    if let Some(known) = account.entries.get_mut(id) {
        known.state = state;
    }
}

impl Account {
    /// The account as it would be after one more entry, and what that would move. For previews, and for
    /// deciding the later of several commands of one commit.
    #[must_use]
    pub fn after(&self, entry: Entry) -> (Self, Vec<Movement>) {
        let mut after = self.clone();
        let moved = after.apply(&Arc::new(entry));
        (after, moved)
    }

    /// Takes one more entry at the end; total. An entry that names something not here waits, unless it is a
    /// fact that can be posted without it.
    pub(crate) fn apply(&mut self, entry: &Arc<Entry>) -> Vec<Movement> {
        let on = entry.on;
        take(self, entry).map(|lines| lines.dated(on).collect()).unwrap_or_default()
    }
}
