//! What the ids that a press names belong to, read before the decision.

use super::opened::Recent;
use crate::sort::sort_by_key;
use crate::store::{Fault, Store};
use book::decode::{Decoded, decode};
use ledger::command::Command;
use ledger::decide::Known;
use ledger::entry::Verdict;
use ledger::id::Id;
use std::collections::{BTreeSet, HashMap};

/// The ids that the commands name and that their own accounts do not explain.
pub fn unexplained(recent: &Recent, commands: &[Command]) -> BTreeSet<Id> {
    let here = |command: &Command, id: &Id| {
        let opened = command.customer.as_ref().and_then(|customer| recent.get(customer));
        opened.is_some_and(|opened| opened.book.account().entry(id).is_some())
    };
    let strange = |command| Command::names(command).into_iter().filter(move |id| !here(command, id));
    commands.iter().flat_map(strange).collect()
}

/// Looks ids up: one index read each.
pub async fn read<S: Store>(store: &S, names: BTreeSet<Id>) -> Result<HashMap<Id, Known>, Fault> {
    let mut known = HashMap::new();
    for id in names {
        let mut found = store.with_id(id.as_str()).await?;
        sort_by_key(&mut found, |kept| kept.order);
        let entry = found.iter().find_map(|kept| {
            let decoded = decode(kept.bytes.as_bytes(), kept.order, Verdict::Ok).ok()?;
            let Decoded::Entry(record) = decoded else { return None };
            Some(record.entry)
        });
        known.extend(entry.map(|entry| (id, Known { entry })));
    }
    Ok(known)
}
