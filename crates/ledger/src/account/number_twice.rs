//! Finds a document number that was printed by two documents, as when two copies of one counter go on separately.

use crate::account::raised::{OpenUntil, RaisedException};
use crate::account::state::Account;
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::money::Money;
use std::sync::Arc;

impl Account {
    /// Raises [`Kind::NumberTwice`] if an earlier entry with another id has the number of this entry.
    pub(crate) fn check_number(&mut self, entry: &Arc<Entry>) {
        let Some(number) = &entry.no else { return };
        if self.numbers.is_highest(entry, number) {
            return;
        }
        // The same entry again, in a branch or recorded again, is not one more document.
        if self.entries.get(&entry.id).is_some_and(|known| known.entry.no.as_ref() == Some(number)) {
            return;
        }
        let printed = |other: &&Arc<Entry>| {
            other.no.as_ref() == Some(number) && other.id != entry.id && !is_payment_of(entry, other)
        };
        let Some(other) = self.entries().chain(self.numbers.uncounted()).find(printed) else { return };
        let other = other.id.clone();
        self.raised.push(RaisedException {
            kind: Kind::NumberTwice,
            entry: entry.id.clone(),
            other: Some(other),
            about: Some(entry.id.clone()),
            missing: Money::ZERO,
            until: OpenUntil::Resolved,
        });
    }
}

/// Whether an entry is the payment that a charge became, which has the number of the charge.
fn is_payment_of(entry: &Entry, charge: &Entry) -> bool {
    matches!(&charge.body, Body::ChargeAsked(asked) if asked.payment == entry.id)
}
