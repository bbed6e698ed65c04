//! Reverse a payment: a bounced check, or a mistake. A fact.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::entry::reversed::Reversed;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, reason};
use crate::rules::correction::reversal::Reversal;

impl Case<'_> {
    /// Refusals in order: UnknownPayment, NotPermitted, dates, ReasonRequired, AlreadyReversed, RefundPending,
    /// PaymentDisputed.
    pub(crate) fn reverse_payment(&self, asked: &Reversal) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownPayment { payment: asked.of.clone() };
        let payment = self.account().payments.get(&asked.of).ok_or_else(unknown)?;
        let amount = payment.recorded().map_or(Money::ZERO, |paid| paid.amount);
        self.permitted(EntryKind::PaymentReversed, amount)?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        if payment.reversed.is_some() {
            return Err(Refusal::AlreadyReversed { id: asked.of.clone() });
        }
        if let Some(refund) = payment.pending.clone() {
            return Err(Refusal::RefundPending { payment: asked.of.clone(), refund });
        }
        if self.account().disputed_now(&asked.of).is_some() {
            return Err(Refusal::PaymentDisputed { payment: asked.of.clone() });
        }
        Ok(Body::PaymentReversed(Reversed { of: asked.of.clone(), reason }))
    }
}

impl Fold<'_> {
    /// Dr 1100 what was allocated, Dr 2100 the rest, Cr the account that received the money and 6310 the rounding. Credit that was already
    /// spent takes the lot below zero.
    pub(crate) fn reverse_payment(&mut self, reversed: &Reversed) {
        let id = &reversed.of;
        let Some(payment) = self.account.payments.get(id).cloned() else { return };
        if let Some(first) = payment.reversed {
            return self.raise(Kind::CompletedTwice, Some(first), Some(id), Money::ZERO, OpenUntil::Resolved);
        }
        // What a dispute has taken back is not taken back once more.
        if let Some(first) = self.account.disputed_now(id).and_then(|dispute| dispute.by.clone()) {
            return self.raise(Kind::CompletedTwice, Some(first), Some(id), Money::ZERO, OpenUntil::Resolved);
        }
        let Body::PaymentRecorded(paid) = &payment.entry.body else { return };
        for order in &payment.orders {
            let Some(order) = self.order(order) else { continue };
            let mut allocated = Money::ZERO;
            order.change_payment(id, |kept| {
                allocated = kept.allocated;
                kept.kept -= kept.allocated;
                kept.reversed = true;
            });
            self.lines.transfer(&self.receivable, &paid.account, allocated);
        }
        if payment.left_over.is_positive() {
            self.lot(id).reversed += payment.left_over;
            self.lines.transfer(&self.credit, &paid.account, payment.left_over);
            self.raise_if_below_zero(id);
        }
        self.round(&paid.account, -payment.rounded());
        let by = self.entry.id.clone();
        self.change_payment(id, |payment| payment.reversed = Some(by));
        self.followed([id]);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Reversal, body: &Body) -> bool {
    let Body::PaymentReversed(written) = body else { return false };
    asked.of == written.of
}
