//! Which documents a body names: they must be folded before it.

use super::Body;
use crate::id::Id;

impl Body {
    /// Every document that the body names, in the order in which it names them.
    pub(crate) fn each_name<'a>(&'a self, mut see: impl FnMut(&'a Id)) {
        match self {
            Self::PaymentRecorded(payment) => payment.allocations.iter().for_each(|part| see(&part.order)),
            Self::CreditApplied(applied) => [&applied.lot, &applied.order].into_iter().for_each(see),
            Self::CreditUnapplied(unapplied) => [&unapplied.lot, &unapplied.order].into_iter().for_each(see),
            Self::OrderCredited(credited) => see(&credited.order),
            Self::CreditReversed(reversed) => see(&reversed.lot),
            Self::RefundRecorded(refund) | Self::RefundIssued(refund) | Self::RefundRequested(refund) => {
                see(&refund.order);
                refund.parts.iter().for_each(|part| see(&part.from));
            }
            Self::RefundSettled(settled) => see(&settled.refund),
            Self::RefundApproved(approved) => see(&approved.request),
            Self::RefundRejected(named) | Self::RefundHandedOver(named) => see(&named.refund),
            Self::PayoutProcessed(payout) => payout.from.iter().for_each(|part| see(&part.lot)),
            Self::PayoutCompleted(completed) => see(&completed.payout),
            Self::PayoutRejected(rejected) => see(&rejected.payout),
            Self::CreditNoteReversed(reversed)
            | Self::PaymentReversed(reversed)
            | Self::RefundReversed(reversed) => {
                see(&reversed.of);
            }
            Self::OrderWrittenOff(off) | Self::WriteOffReversed(off) => see(&off.order),
            Self::CreditWrittenOff(off) => see(&off.lot),
            _ => {}
        }
    }

    /// Whether it may count although something it names is not here: money or goods moved. Acts that only
    /// mirror or settle another entry have nothing to post before that entry is here, so they wait too.
    pub(crate) const fn posts_alone(&self) -> bool {
        matches!(self, Self::PaymentRecorded(_) | Self::RefundRecorded(_) | Self::PayoutCompleted(_))
    }
}
