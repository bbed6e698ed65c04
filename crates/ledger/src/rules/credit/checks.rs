//! The checks of lots that several acts share, and the entry that took from a lot last.

use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::entry::Body;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Check: the lot exists, in this account or elsewhere.
    pub(crate) fn credit_known(&self, lot: &Id) -> Result<(), Refusal> {
        let known =
            self.account().lots.contains_key(lot) || self.of_other_customer(lot, may_have_credit).is_some();
        if known { Ok(()) } else { Err(Refusal::UnknownCredit { credit: lot.clone() }) }
    }

    /// Check: the lot belongs to this customer.
    pub(crate) fn credit_here(&self, lot: &Id) -> Result<(), Refusal> {
        if self.account().lots.contains_key(lot) {
            return Ok(());
        }
        self.of_other_customer(lot, may_have_credit).map_or(Ok(()), Err)
    }

    /// Check: that much is outstanding of the lot.
    pub(crate) fn outstanding(&self, lot: &Id, asked: Money) -> Result<(), Refusal> {
        let outstanding = self.account().os(lot);
        if asked <= outstanding {
            return Ok(());
        }
        Err(Refusal::CreditExceedsOutstanding { lot: lot.clone(), asked, outstanding })
    }

    /// Check: what is to be taken back from the lot was not spent.
    pub(crate) fn unspent(&self, lot: &Id, needed: Money) -> Result<(), Refusal> {
        let missing = needed - self.account().os(lot).or_zero();
        if missing.is_positive() {
            return Err(Refusal::CreditAlreadySpent { lot: lot.clone(), missing });
        }
        Ok(())
    }

    /// Check: the order is in this account.
    pub(crate) fn known_order(&self, id: &Id) -> Result<&Order, Refusal> {
        let order = self.account().orders.get(id).filter(|order| order.entry.is_some());
        order.ok_or_else(|| Refusal::UnknownOrder { order: id.clone() })
    }
}

impl Fold<'_> {
    /// Remembers that this entry took from the lot last.
    pub(crate) fn mark_last(&mut self, lot: &Id) {
        let entry = self.entry.id.clone();
        self.lot(lot).last = Some(entry);
    }
}

/// Whether the document can have a credit lot.
pub(crate) fn may_have_credit(body: &Body) -> bool {
    body.credit_origin().is_some()
}
