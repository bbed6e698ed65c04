//! What one account contributes to the shop's queue: waiting refunds and pay-outs.

use crate::store::{Append, Fault, Waiting};
use ledger::account::{Account, Status};
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::view::refund::RefundRow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Waiting refunds and pay-outs by id: what each waits for, and its row.
pub type Queue = BTreeMap<Id, (String, RefundRow)>;

/// The waiting refunds and pay-outs of one account. The cost of a commit depends on its entries and not on the length of
/// the account; copies share unchanged parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits(Arc<Queue>);

impl Waits {
    /// Finds them among all entries of the fold.
    pub fn of(account: &Account) -> Self {
        let mut waits = Self::default();
        account.entries().for_each(|entry| waits.note(account, &entry.id));
        waits
    }

    /// Adds one more entry at the end of the account, and updates the documents that it names.
    pub fn add_entry(&mut self, account: &Account, entry: &Entry) {
        self.note(account, &entry.id);
        entry.body.names().into_iter().for_each(|id| self.note(account, id));
    }

    fn note(&mut self, account: &Account, id: &Id) {
        let Some(row) = account.refund_row(id) else { return };
        let waits = waits_for(&row).map(|kind| (kind, row));
        if waits.as_ref() == self.0.get(id) {
            return;
        }
        match waits {
            Some(waits) => Arc::make_mut(&mut self.0).insert(id.clone(), waits),
            None => Arc::make_mut(&mut self.0).remove(id),
        };
    }

    /// Replaces this account's part of the shop's queue.
    pub fn update_queue(&self, customer: &Id, queue: &mut Queue) {
        queue.retain(|_, (_, row)| row.customer != *customer);
        queue.extend(self.0.iter().map(|(id, waits)| (id.clone(), waits.clone())));
    }

    /// Whether the same items wait as before.
    pub fn are_same(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.0, &before.0)
    }

    /// Writes the difference from an earlier state of the account into a commit.
    pub fn write_changes(&self, before: &Self, into: &mut Append) -> Result<(), Fault> {
        if self.are_same(before) {
            return Ok(());
        }
        for (id, (kind, _)) in before.0.iter() {
            if self.0.get(id).is_none_or(|(now, _)| now != kind) {
                into.done.push((kind.clone(), id.to_string()));
            }
        }
        for (id, waits) in self.0.iter().filter(|(id, waits)| before.0.get(id) != Some(waits)) {
            let value = serde_json::to_string(&waits.1).map_err(|e| Fault::Other(e.to_string()))?;
            into.waits.push(Waiting { kind: waits.0.clone(), id: id.to_string(), value });
        }
        Ok(())
    }
}

/// What a refund or pay-out waits for; `None` when it does not wait.
fn waits_for(row: &RefundRow) -> Option<String> {
    let kind = match row.status {
        Status::Requested => "requested",
        Status::Pending => "pending",
        Status::Awaiting => "awaiting",
        Status::Recorded | Status::Complete if !row.handed_over => "to hand over",
        _ => return None,
    };
    Some(kind.into())
}
