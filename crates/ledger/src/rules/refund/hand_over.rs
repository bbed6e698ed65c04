//! Record that the money of a refund or pay-out was handed over. A claim.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::refund_named::RefundNamed;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusal: UnknownRefund.
    pub(crate) fn hand_over(&self, refund: &Id) -> Result<Body, Refusal> {
        let account = self.account();
        let known = account.refunds.contains_key(refund) || account.payouts.contains_key(refund);
        let named = RefundNamed { refund: refund.clone() };
        if known {
            Ok(Body::RefundHandedOver(named))
        } else {
            Err(Refusal::UnknownRefund { refund: refund.clone() })
        }
    }
}

impl Fold<'_> {
    /// Marks the refund or pay-out as handed over.
    pub(crate) fn hand_over(&mut self, named: &RefundNamed) {
        self.change_refund(&named.refund, |refund| refund.handed_over = true);
        self.change_payout(&named.refund, |payout| payout.handed_over = true);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Id, body: &Body) -> bool {
    let Body::RefundHandedOver(written) = body else { return false };
    *asked == written.refund
}
