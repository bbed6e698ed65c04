//! Looks up, before the decision, which entries own the ids that a commit names.

use super::open_account::OpenAccounts;
use crate::sort::sort_by_key;
use crate::store::{Fault, Store, StoredEntry};
use codec::decode::{Decoded, decode};
use ledger::decide::IdOwner;
use ledger::entry::{Entry, Verdict};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use std::collections::{BTreeSet, HashMap};

/// The ids that the commands name and that are not entries of the command's own account.
pub fn ids_to_look_up(open_accounts: &OpenAccounts, commands: &[Command]) -> BTreeSet<Id> {
    let here = |command: &Command, id: &Id| {
        let opened = command.customer.as_ref().and_then(|customer| open_accounts.get(customer));
        opened.is_some_and(|opened| opened.book.account().entry(id).is_some())
    };
    // A resolved exception may concern an id that several accounts use, so its ids are looked up in the whole book.
    let beyond = |command: &Command| matches!(command.act, Act::ResolveException(_));
    let strange =
        |command| Command::names(command).into_iter().filter(move |id| beyond(command) || !here(command, id));
    commands.iter().flat_map(strange).collect()
}

/// Looks up ids, with one index read per id.
pub async fn read<S: Store>(store: &S, names: BTreeSet<Id>) -> Result<HashMap<Id, IdOwner>, Fault> {
    let mut known = HashMap::new();
    for id in names {
        let mut found = store.with_id(id.as_str()).await?;
        sort_by_key(&mut found, |stored| stored.order);
        let entries: Vec<_> = found.iter().filter_map(entry).collect();
        known.extend(IdOwner::first_of(&entries).map(|found| (id, found)));
    }
    Ok(known)
}

fn entry(stored: &StoredEntry) -> Option<Entry> {
    match decode(stored.bytes.as_bytes(), stored.order, Verdict::Ok) {
        Ok(Decoded::Entry(record)) => Some(record.entry),
        Ok(Decoded::Chain(_)) | Err(_) => None,
    }
}
