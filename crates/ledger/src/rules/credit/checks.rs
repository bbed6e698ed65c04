//! What acts on credit share: the rungs of a lot, and who took from it last.

use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::entry::Body;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Rung: the lot is known, here or elsewhere.
    pub(crate) fn credit_known(&self, lot: &Id) -> Result<(), Refusal> {
        let known =
            self.account().lots.contains_key(lot) || self.of_other_customer(lot, may_have_credit).is_some();
        if known { Ok(()) } else { Err(Refusal::UnknownCredit { credit: lot.clone() }) }
    }

    /// Rung: the lot is this customer's.
    pub(crate) fn credit_here(&self, lot: &Id) -> Result<(), Refusal> {
        if self.account().lots.contains_key(lot) {
            return Ok(());
        }
        self.of_other_customer(lot, may_have_credit).map_or(Ok(()), Err)
    }

    /// Rung: the lot has that much.
    pub(crate) fn outstanding(&self, lot: &Id, asked: Money) -> Result<(), Refusal> {
        let outstanding = self.account().os(lot);
        if asked <= outstanding {
            return Ok(());
        }
        Err(Refusal::CreditExceedsOutstanding { lot: lot.clone(), asked, outstanding })
    }

    /// Rung: the lot still has what is to be taken back.
    pub(crate) fn unspent(&self, lot: &Id, needed: Money) -> Result<(), Refusal> {
        let missing = needed - self.account().os(lot).or_zero();
        if missing.is_positive() {
            return Err(Refusal::CreditAlreadySpent { lot: lot.clone(), missing });
        }
        Ok(())
    }

    /// Rung: an order of this account.
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

/// Whether a lot may be named after the document.
pub(crate) fn may_have_credit(body: &Body) -> bool {
    body.credit_origin().is_some()
}
