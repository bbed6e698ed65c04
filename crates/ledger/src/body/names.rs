//! Which documents and money accounts a body names.

use super::Body;
use crate::code::BookAccount;
use crate::id::Id;

impl Body {
    /// Every document that the body names.
    #[must_use]
    pub fn names(&self) -> Vec<&Id> {
        let mut names = Vec::new();
        self.each_name(|name| names.push(name));
        names
    }

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

    /// The account in a place for money that holds none, if there is one.
    pub(crate) fn not_for_money(&self) -> Option<&BookAccount> {
        let (first, second) = match self {
            Self::PaymentRecorded(paid) => (Some(&paid.account), None),
            Self::RefundRecorded(refund) | Self::RefundIssued(refund) | Self::RefundRequested(refund) => {
                (refund.account.as_ref(), None)
            }
            Self::RefundApproved(approved) => (approved.account.as_ref(), None),
            Self::PayoutProcessed(processed) => (Some(&processed.account), None),
            Self::PayoutCompleted(completed) => (Some(&completed.account), None),
            Self::PartnerPaid(paid) => (Some(&paid.account), None),
            Self::MoneyMoved(moved) => (Some(&moved.from), Some(&moved.to)),
            Self::MoneyOpened(opened) => (Some(&opened.account), None),
            Self::DrawerCounted(counted) => (Some(&counted.account), None),
            _ => (None, None),
        };
        first.into_iter().chain(second).find(|account| !account.code.is_money())
    }

    /// Whether it may count although something it names is not here: money or goods moved. Acts that only
    /// mirror or settle another entry have nothing to post before that entry is here, so they wait too.
    pub(crate) const fn posts_alone(&self) -> bool {
        matches!(self, Self::PaymentRecorded(_) | Self::RefundRecorded(_) | Self::PayoutCompleted(_))
    }
}
