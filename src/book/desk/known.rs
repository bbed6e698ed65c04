//! What the ids that a press names belong to, read before the decision.

use crate::store::{Fault, Store};
use book::decode::{Decoded, decode};
use ledger::command::Command;
use ledger::decide::Known;
use ledger::entry::Verdict;
use ledger::id::Id;
use std::collections::{BTreeSet, HashMap};

/// Looks up every id that the commands name: one index read each.
pub async fn read<S: Store>(store: &S, commands: &[Command]) -> Result<HashMap<Id, Known>, Fault> {
    let names: BTreeSet<Id> = commands.iter().flat_map(Command::names).collect();
    let mut known = HashMap::new();
    for id in names {
        let mut found = store.with_id(id.as_str()).await?;
        found.sort_by_key(|kept| kept.order);
        let entry = found.iter().find_map(|kept| {
            let decoded = decode(kept.bytes.as_bytes(), kept.order, Verdict::Ok).ok()?;
            let Decoded::Entry(record) = decoded else { return None };
            Some(record.entry)
        });
        known.extend(entry.map(|entry| (id, Known { entry })));
    }
    Ok(known)
}
