//! The refunds and pay-outs on which the latest entries of this store concluded something.

use super::account::record;
use super::open::Engine;
use crate::store::{Fault, Store};
use ledger::entry::{Entry, EntryKind};
use ledger::id::Id;
use ledger::view::refund::RefundRow;
use std::collections::BTreeSet;

/// The number of latest entries that are looked through.
const SPAN: u64 = 2_000;

impl<S: Store> Engine<S> {
    /// At most `limit` refunds and pay-outs that wait for nothing any more, in the order of their last act, the latest
    /// first. Only the last 2,000 entries are looked through, so the cost does not grow with the journal.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn latest_refunds(&self, limit: usize) -> Result<Vec<RefundRow>, Fault> {
        let last = self.store.arrivals().await?.last;
        let most = u32::try_from(SPAN).unwrap_or(u32::MAX);
        let stored = self.store.arrived_after(last.saturating_sub(SPAN), most).await?;
        let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
        for stored in stored.iter().rev() {
            let entry = record(stored, &mut None).map(|record| record.entry);
            let Some((customer, document)) = entry.and_then(|entry| concluded(&entry)) else { continue };
            if rows.len() == limit {
                break;
            }
            if seen.insert(document.clone()) {
                self.open_account(&customer).await?;
                rows.extend(self.refund_row(&customer, &document).filter(|row| row.waits_for().is_none()));
            }
        }
        Ok(rows)
    }

    /// The row of a refund or a pay-out of an account in memory.
    fn refund_row(&self, customer: &Id, document: &Id) -> Option<RefundRow> {
        self.state.borrow().open_accounts.get(customer)?.book.account().refund_row(document)
    }
}

/// The customer and the refund or pay-out that an entry records, or on which it decides.
fn concluded(entry: &Entry) -> Option<(Id, Id)> {
    let names = matches!(
        entry.body.entry_kind(),
        EntryKind::RefundRecorded
            | EntryKind::RefundApproved
            | EntryKind::RefundRejected
            | EntryKind::RefundWithdrawn
            | EntryKind::RefundSettled
            | EntryKind::RefundProgressed
            | EntryKind::RefundReversed
            | EntryKind::RefundHandedOver
            | EntryKind::PayoutCompleted
            | EntryKind::PayoutRejected
            | EntryKind::PayoutReversed
    );
    let document = entry.body.summary().continues.unwrap_or(&entry.id).clone();
    names.then(|| entry.customer.clone().zip(Some(document))).flatten()
}
