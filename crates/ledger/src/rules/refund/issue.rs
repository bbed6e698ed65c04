//! Issue an online refund: all or nothing, and pending until it is settled. A claim until then.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::entry::Body;
use crate::entry::refund_written::{Part, RefundWritten};
use crate::exception::Kind;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::refund::legs::DecidedRefund;

impl Case<'_> {
    /// Check: the payments among the parts were taken online. Applied credit has no method: it goes back to its lot.
    pub(super) fn taken_online(&self, parts: &[Part]) -> Result<(), Refusal> {
        let online = |part: &Part| matches!(self.account().body(&part.from), Some(Body::PaymentRecorded(paid)) if paid.method == Method::Online);
        match parts.iter().find(|part| !part.credit && !online(part)) {
            Some(part) => Err(Refusal::OnlineNotAvailable { payment: part.from.clone() }),
            None => Ok(()),
        }
    }
}

impl Fold<'_> {
    /// Adds an online refund and posts or cancels it.
    pub(crate) fn issue_refund(&mut self, written: &RefundWritten) {
        let id = &self.entry.id;
        self.add_refund(id, written, Status::Pending);
        self.try_issue(&DecidedRefund::new(id, written, Status::Pending));
    }

    /// Posts an online refund, or cancels it if its payment has a refund pending or too little is refundable. A
    /// canceled refund is never sent.
    pub(super) fn try_issue(&mut self, decided: &DecidedRefund<'_>) {
        let order = &decided.written.order;
        if let Some(pending) = self.pending_of(&decided.written.parts) {
            self.cancel(decided.id);
            return self.raise(
                Kind::RefundDuringPending,
                Some(pending),
                Some(order),
                Money::ZERO,
                OpenUntil::Resolved,
            );
        }
        let missing = self.missing_for(decided.written);
        if missing.is_positive() {
            self.cancel(decided.id);
            let other =
                self.other_refund(order, decided.id).or_else(|| self.reversal_of(&decided.written.parts));
            return self.raise(Kind::OverRefunded, other, Some(order), missing, OpenUntil::Resolved);
        }
        for part in decided.written.parts.iter().filter(|part| !part.credit) {
            let pending = decided.id.clone();
            self.change_payment(&part.from, |payment| payment.pending = Some(pending));
        }
        self.post_refund(decided);
    }

    fn cancel(&mut self, id: &Id) {
        self.change_refund(id, |refund| refund.status = Status::Canceled);
    }

    /// The amount by which the refund exceeds what is refundable, by part or in total.
    fn missing_for(&self, written: &RefundWritten) -> Money {
        let Some(order) = self.account.orders.get(&written.order) else { return Money::ZERO };
        let short = |part: &Part| {
            let refundable = if part.credit {
                order.refundable_credit(&part.from)
            } else {
                order.refundable_payment(&part.from)
            };
            (part.amount - refundable).or_zero()
        };
        let parts: Money = written.parts.iter().map(short).sum();
        let together: Money = written.parts.iter().map(|part| part.amount).sum();
        parts.max((together - order.refundable()).or_zero())
    }
}
