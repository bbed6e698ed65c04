//! Payments whose refund did not reach the customer: the bank sent it back, and nothing has followed yet.

use crate::account::documents::Refund;
use crate::account::fold::Fold;
use crate::account::state::Account;
use crate::date::Date;
use crate::id::Id;

impl Account {
    /// The day on which the first of the refunds was sent back that nothing has followed; `None` if there is none.
    pub(crate) fn sent_back(&self) -> Option<Date> {
        self.sent_back.values().min().copied()
    }
}

impl Fold<'_> {
    /// The money of a refund has come back: a person has to pay it in another way.
    pub(crate) fn note_sent_back(&mut self, refund: &Refund) {
        let on = self.entry.on;
        for taken in refund.taken.iter().filter(|taken| !taken.credit) {
            self.account.sent_back.entry(taken.from.clone()).or_insert(on);
        }
    }

    /// Something has followed: the payment is refunded again, or does not count any more.
    pub(crate) fn followed<'a>(&mut self, payments: impl IntoIterator<Item = &'a Id>) {
        for payment in payments {
            self.account.sent_back.remove(payment);
        }
    }
}
