//! The steps that all entries go through: reserve the id, wait for missing documents, fold.

use crate::account::state::{Account, AccountEntry, EntryState};
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::fold::entry::fold_entry;
use crate::id::Id;
use crate::money::Money;
use crate::posting::Lines;
use std::sync::Arc;

/// Folds an entry at the end of the account. `None` if it does not count and so posts nothing.
pub fn take(account: &mut Account, entry: &Arc<Entry>) -> Option<Lines> {
    let names_missing = first_missing(account, &entry.body).is_some();
    take_checked(account, entry, names_missing)
}

/// As [`take`]; the caller says whether the entry names a document that has not arrived.
pub fn take_checked(account: &mut Account, entry: &Arc<Entry>, names_missing: bool) -> Option<Lines> {
    account.records += 1;
    if !claim_id(account, entry, EntryState::Counts) {
        return None;
    }
    // Looked up again now that the entry itself is in the account: it may name itself.
    if names_missing && let Some(missing) = first_missing(account, &entry.body) {
        await_missing(account, &entry.body);
        if !entry.body.posts_alone() {
            account.waiting.push(entry.id.clone());
            set_state(account, &entry.id, EntryState::Waits(missing));
            return None;
        }
    }
    account.last = account.last.max(Some(entry.on));
    let lines = fold_entry(account, entry);
    let money = lines.money();
    if !money.is_zero()
        && let Some(found) = account.entries.get_mut(&entry.id)
    {
        found.money = money;
    }
    Some(lines)
}

/// Reserves the id of an entry that an endpoint refused.
pub fn refuse(account: &mut Account, entry: &Arc<Entry>) {
    account.records += 1;
    claim_id(account, entry, EntryState::Refused);
}

/// The first id that the body names and that does not count in the account.
pub fn first_missing(account: &Account, body: &Body) -> Option<Id> {
    let mut missing = None;
    body.each_name(|name| {
        if missing.is_none() && !account.has(name) {
            missing = Some(name.clone());
        }
    });
    missing
}

/// Remembers all ids that the body names and that have not arrived.
fn await_missing(account: &mut Account, body: &Body) {
    let mut missing = Vec::new();
    body.each_name(|name| {
        if !account.has(name) {
            missing.push(name.clone());
        }
    });
    account.awaited.extend(missing);
}

/// Reserves the id for the entry and checks its number; returns whether the entry counts. The first entry in order keeps the id; an entry
/// with the same content is a repetition, and one with other content is a clash. A refused entry is replaced by an
/// entry with the same content that counts, with its own date and drawer.
fn claim_id(account: &mut Account, entry: &Arc<Entry>, state: EntryState) -> bool {
    account.check_number(entry);
    let new = || AccountEntry { entry: entry.clone(), state: state.clone(), money: Money::ZERO };
    let Some(found) = account.entries.insert_or_get(&entry.id, new) else { return true };
    account.numbers.note_uncounted(&found.entry, entry);
    if !found.entry.has_same_content(entry) {
        account.clashes.push(entry.clone());
        return false;
    }
    let counts_now = found.state == EntryState::Refused && state == EntryState::Counts;
    if counts_now {
        *found = new();
    }
    counts_now
}

fn set_state(account: &mut Account, id: &Id, state: EntryState) {
    if let Some(found) = account.entries.get_mut(id) {
        found.state = state;
    }
}

impl Account {
    /// The account after one more entry at its end, and what the entry posted and touched. For previews. An entry that
    /// names a document that has not arrived posts nothing, unless it is a fact that can be posted without it.
    pub(crate) fn after(&self, entry: Entry) -> (Self, Lines) {
        let mut after = self.clone();
        let lines = take(&mut after, &Arc::new(entry)).unwrap_or_default();
        (after, lines)
    }
}
