//! What the disputes of an account mean for its payments.

use crate::account::dispute::Dispute;
use crate::account::state::Account;
use crate::entry::payment_disputed::DisputeStage;
use crate::id::Id;
use crate::money::Money;

impl Account {
    /// The amount and the fee that the processor keeps, as it says. `None` before it has said anything. A payment that was reversed by hand
    /// has nothing left to keep.
    pub(crate) fn kept_at_processor(&self, dispute: &Dispute) -> Option<(Money, Money)> {
        let said = dispute.said.as_ref()?;
        let is_reversed = || self.payments.get(&dispute.payment).is_some_and(|paid| paid.reversed.is_some());
        let amount = if said.stage == DisputeStage::Won || is_reversed() { Money::ZERO } else { said.amount };
        Some((amount, said.fee))
    }

    /// Whether the processor keeps something else than is recorded.
    pub(crate) fn is_to_record(&self, dispute: &Dispute) -> bool {
        self.kept_at_processor(dispute).is_some_and(|kept| kept != (dispute.amount, dispute.fee))
    }

    /// The disputes of a payment.
    pub(crate) fn disputes_of<'a>(&'a self, payment: &'a Id) -> impl Iterator<Item = (&'a Id, &'a Dispute)> {
        self.disputes.iter().filter(move |(_, dispute)| dispute.payment == *payment)
    }

    /// Whether a refund of the payment would pay twice: a dispute of it is open, or the money that was lost is not recorded.
    pub(crate) fn is_disputed(&self, payment: &Id) -> bool {
        self.disputes_of(payment).any(|(_, dispute)| match dispute.said.as_ref().map(|said| said.stage) {
            Some(DisputeStage::Open) => true,
            Some(DisputeStage::Lost) => self.is_to_record(dispute),
            Some(DisputeStage::Won) | None => false,
        })
    }

    /// A dispute of the payment that is neither won nor without money.
    pub(crate) fn disputed_now<'a>(&'a self, payment: &'a Id) -> Option<&'a Dispute> {
        let takes = |dispute: &Dispute| {
            let is_won = dispute.said.as_ref().is_none_or(|said| said.stage == DisputeStage::Won);
            !is_won || dispute.amount.is_positive()
        };
        self.disputes_of(payment).map(|(_, dispute)| dispute).find(|dispute| takes(dispute))
    }

    /// What disputes have taken of a payment on one order, or of its lot.
    pub(crate) fn disputed_on(&self, payment: &Id, order: Option<&Id>) -> Money {
        let taken = self.disputes_of(payment).flat_map(|(_, dispute)| &dispute.taken);
        taken.filter(|taken| taken.order.as_ref() == order).map(|taken| taken.amount).sum()
    }
}
