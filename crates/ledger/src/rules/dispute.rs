//! A payment that is disputed at the customer's bank: what the card processor says, and the entry that records what it keeps. The first is a
//! claim that posts nothing, the second a fact.

use crate::account::dispute::{Dispute, TakenBack};
use crate::account::documents::Payment;
use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::entry::dispute_recorded::DisputeRecorded;
use crate::entry::payment_disputed::ReportDispute;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// The dispute of which is recorded what the card processor keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RecordDispute {
    pub payment: Id,
    pub dispute: Id,
}

impl Asked for RecordDispute {
    fn documents(&self) -> Vec<Id> {
        vec![self.payment.clone()]
    }
}

impl Asked for ReportDispute {
    fn documents(&self) -> Vec<Id> {
        vec![self.payment.clone()]
    }
}

impl Case<'_> {
    /// Refusals in order: UnknownPayment, dates, AmountNotPositive.
    pub(crate) fn report_dispute(&self, asked: &ReportDispute) -> Result<Body, Refusal> {
        if !self.account().payments.contains_key(&asked.payment) {
            return Err(Refusal::UnknownPayment { payment: asked.payment.clone() });
        }
        self.dated()?;
        self.positive(asked.amount)?;
        Ok(Body::PaymentDisputed(asked.clone()))
    }

    /// Refusals in order: UnknownDispute, NotPermitted, dates, AlreadyRecorded, RefundPending (what becomes of the refund decides what is left
    /// of the payment).
    pub(crate) fn record_dispute(&self, asked: &RecordDispute) -> Result<Body, Refusal> {
        let of = &asked.dispute;
        let unknown = || Refusal::UnknownDispute { dispute: of.clone() };
        let dispute = self
            .account()
            .disputes
            .get(of)
            .filter(|found| found.payment == asked.payment)
            .ok_or_else(unknown)?;
        let (amount, fee) = self.account().kept_at_processor(dispute).ok_or_else(unknown)?;
        self.permitted(EntryKind::DisputeRecorded, amount)?;
        self.dated()?;
        if (amount, fee) == (dispute.amount, dispute.fee) {
            return Err(Refusal::AlreadyRecorded { dispute: of.clone() });
        }
        let payment = dispute.payment.clone();
        let paid = self.account().payments.get(&payment);
        if let Some(refund) = paid.and_then(|paid| paid.pending.clone()) {
            return Err(Refusal::RefundPending { payment, refund });
        }
        let account = paid.and_then(|paid| paid.recorded()).map(|paid| paid.account.clone());
        let account = account.unwrap_or_else(|| BookAccount::of(Code::Card));
        Ok(Body::DisputeRecorded(DisputeRecorded { payment, dispute: of.clone(), amount, fee, account }))
    }

    /// Check: no dispute of the payment is open or waits to be recorded.
    pub(crate) fn not_disputed(&self, payment: &Id) -> Result<(), Refusal> {
        if self.account().is_disputed(payment) {
            return Err(Refusal::PaymentDisputed { payment: payment.clone() });
        }
        Ok(())
    }
}

impl Fold<'_> {
    /// Notes what the processor says. The last entry in order counts.
    pub(crate) fn report_dispute(&mut self, said: &ReportDispute) {
        self.dispute(&said.dispute, &said.payment).said = Some(said.clone());
    }

    /// Posts by how much what is kept changes. Taken back: Dr 1100 of what the orders keep of the payment, Dr 2100 of its lot, Cr the account
    /// of the payment; then what was paid back already, which is owed. Given back: the mirror, last first. The fee: Dr 6200.
    pub(crate) fn record_dispute(&mut self, recorded: &DisputeRecorded) {
        let Some(payment) = self.account.payments.get(&recorded.payment).cloned() else { return };
        let by = self.entry.id.clone();
        let dispute = self.dispute(&recorded.dispute, &recorded.payment);
        let more = recorded.amount - dispute.amount;
        let fee = recorded.fee - dispute.fee;
        (dispute.fee, dispute.by) = (recorded.fee, Some(by));
        dispute.times += 1;
        self.lines.transfer(&BookAccount::of(Code::BankFees), &recorded.account, fee);
        if more.is_positive() {
            if let Some(first) = payment.reversed {
                let of = &recorded.payment;
                return self.raise(
                    Kind::CompletedTwice,
                    Some(first),
                    Some(of),
                    Money::ZERO,
                    OpenUntil::Resolved,
                );
            }
            let taken = self.take_back_payment(&recorded.payment, &payment, more, &recorded.account);
            self.dispute(&recorded.dispute, &recorded.payment).taken.extend(taken);
        } else {
            self.give_back_payment(recorded, -more);
        }
        self.dispute(&recorded.dispute, &recorded.payment).amount = recorded.amount;
    }

    fn dispute(&mut self, id: &Id, payment: &Id) -> &mut Dispute {
        self.account.disputes.or_insert_with(id, || Dispute::new(payment.clone())).1
    }

    fn take_back_payment(
        &mut self,
        id: &Id,
        payment: &Payment,
        amount: Money,
        account: &MoneyAccount,
    ) -> Vec<TakenBack> {
        let (mut taken, mut left) = (Vec::new(), amount);
        for order in &payment.orders {
            let kept = self.account.orders.get(order).and_then(|order| order.paid.get(id));
            let part = left.min(kept.map_or(Money::ZERO, |kept| kept.kept.or_zero()));
            left -= part;
            taken.push(self.take_disputed(Some(order), id, part, account));
        }
        let lot = left.min((payment.left_over - self.account.disputed_on(id, None)).or_zero());
        left -= lot;
        taken.push(self.take_disputed(None, id, lot, account));
        // It was refunded before: the money has gone out twice.
        if left.is_positive() {
            let first = payment.orders.first();
            let other = first.and_then(|order| self.account.orders.get(order)?.refunds.last().cloned());
            self.raise(Kind::OverRefunded, other, first, left, OpenUntil::Resolved);
            taken.push(self.take_disputed(first, id, left, account));
        }
        taken.retain(|part| !part.amount.is_zero());
        taken
    }

    /// Takes a part from an order, or from the lot; a negative amount gives it back.
    fn take_disputed(
        &mut self,
        order: Option<&Id>,
        payment: &Id,
        amount: Money,
        account: &MoneyAccount,
    ) -> TakenBack {
        match order {
            _ if amount.is_zero() => {}
            Some(order) => {
                self.order_or_missing(order).change_payment(payment, |kept| {
                    kept.kept -= amount;
                    kept.clawed += amount;
                });
                self.lines.transfer(&self.receivable, account, amount);
            }
            None => {
                self.lot(payment).reversed += amount;
                self.lines.transfer(&self.credit, account, amount);
                self.raise_if_below_zero(payment);
            }
        }
        TakenBack { order: order.cloned(), amount }
    }

    fn give_back_payment(&mut self, recorded: &DisputeRecorded, amount: Money) {
        let mut taken = self.dispute(&recorded.dispute, &recorded.payment).taken.clone();
        let mut left = amount;
        for part in taken.iter_mut().rev() {
            let back = left.min(part.amount);
            left -= back;
            part.amount -= back;
            self.take_disputed(part.order.as_ref(), &recorded.payment, -back, &recorded.account);
            if let Some(order) = part.order.as_ref().filter(|_| back.is_positive()) {
                // Who paid again meanwhile has credit.
                self.release(order, &recorded.payment);
            }
        }
        taken.retain(|part| !part.amount.is_zero());
        self.dispute(&recorded.dispute, &recorded.payment).taken = taken;
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_report(_: &Case<'_>, asked: &ReportDispute, body: &Body) -> bool {
    matches!(body, Body::PaymentDisputed(written) if written == asked)
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &RecordDispute, body: &Body) -> bool {
    matches!(body, Body::DisputeRecorded(written) if written.dispute == asked.dispute)
}
