//! Settle an online refund: the final outcome from the gateway. A fact.

use crate::account::documents::Refund;
use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::refund_settled::{Outcome, SettleRefund};
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, dates, NotPending (the refund is neither pending, nor succeeded with outcome
    /// failed).
    pub(crate) fn settle_refund(&self, asked: &SettleRefund) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: asked.refund.clone() };
        let refund = self.account().refunds.get(&asked.refund).ok_or_else(unknown)?;
        self.dated()?;
        match (refund.status, asked.outcome) {
            (Status::Pending, _) | (Status::Succeeded, Outcome::Failed) => {
                Ok(Body::RefundSettled(asked.clone()))
            }
            _ => Err(Refusal::NotPending { refund: asked.refund.clone() }),
        }
    }
}

impl Fold<'_> {
    /// Succeeded: Dr 2110, Cr 1020. Failed or canceled: the mirror of everything that the issue posted. Failed after
    /// succeeded brings the money back first; failed is final.
    pub(crate) fn settle_refund(&mut self, settled: &SettleRefund) {
        let id = &settled.refund;
        let Some(refund) = self.account.refunds.get(id).cloned() else { return };
        let transit = BookAccount::of(Code::RefundsPayable);
        let clearing = refund.account.clone().unwrap_or_else(|| BookAccount::of(Code::Card));
        match (refund.status, settled.outcome) {
            (Status::Pending, Outcome::Succeeded) => self.lines.transfer(&transit, &clearing, refund.out),
            (Status::Pending, Outcome::Failed | Outcome::Canceled) => self.undo_refund(id, &refund, &transit),
            (Status::Succeeded, Outcome::Failed) => {
                self.lines.transfer(&clearing, &transit, refund.out);
                self.undo_refund(id, &refund, &transit);
            }
            _ => return,
        }
        self.clear_pending(id, &refund);
        if settled.outcome == Outcome::Failed {
            self.note_sent_back(&refund);
        }
        self.finish_refund(
            id,
            match settled.outcome {
                Outcome::Succeeded => Status::Succeeded,
                Outcome::Failed => Status::Failed,
                Outcome::Canceled => Status::Canceled,
            },
        );
    }

    pub(super) fn clear_pending(&mut self, id: &Id, refund: &Refund) {
        for taken in refund.taken.iter().filter(|taken| !taken.credit) {
            self.change_payment(&taken.from, |payment| {
                payment.pending.take_if(|pending| *pending == *id);
            });
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SettleRefund, body: &Body) -> bool {
    matches!(body, Body::RefundSettled(written) if written == asked)
}
