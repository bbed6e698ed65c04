//! Disputed payments of the model.

use super::{Fold, Until};
use crate::model::Amount;
use crate::model::ask::{Ask, CheckResult, ensure};
use crate::model::order::What;
use ledger::entry::{Body, DisputeRecorded, DisputeStage, ReportDispute};

/// A dispute: what the processor said last, and what is recorded.
#[derive(Debug)]
pub struct Dispute {
    payment: String,
    said: Option<ReportDispute>,
    amount: Amount,
    fee: Amount,
    /// Taken from an order, or from the lot.
    taken: Vec<(Option<String>, Amount)>,
    by: Option<String>,
}

impl Fold {
    pub(super) fn disputed(&mut self, id: &str, body: &Body) {
        match body {
            Body::PaymentDisputed(said) => {
                self.dispute(said.dispute.as_str(), said.payment.as_str()).said = Some(said.clone());
            }
            Body::DisputeRecorded(recorded) => self.record(id, recorded),
            _ => {}
        }
    }

    fn dispute(&mut self, id: &str, payment: &str) -> &mut Dispute {
        let new = || Dispute {
            payment: payment.into(),
            said: None,
            amount: 0,
            fee: 0,
            taken: Vec::new(),
            by: None,
        };
        self.disputes.entry(id.into()).or_insert_with(new)
    }

    fn record(&mut self, by: &str, recorded: &DisputeRecorded) {
        let (id, paid) = (recorded.dispute.as_str(), recorded.payment.as_str());
        let account = recorded.account.to_string();
        let known = self.dispute(id, paid);
        let (more, fee) = (recorded.amount.0 - known.amount, recorded.fee.0 - known.fee);
        (known.fee, known.by) = (recorded.fee.0, Some(by.into()));
        self.post("6200", fee);
        self.post(account.clone(), -fee);
        if more <= 0 {
            self.give_back(by, recorded, -more);
        } else if let Some(first) = self.payments[paid].reversed.clone() {
            return self.raise("CompletedTwice", by, (Some(first), Some(paid.into()), 0), Until::Resolved);
        } else {
            self.take_from(by, recorded, more);
        }
        self.disputes.get_mut(id).unwrap().amount = recorded.amount.0;
    }

    fn take_from(&mut self, by: &str, recorded: &DisputeRecorded, amount: Amount) {
        let (id, paid) = (recorded.dispute.as_str(), recorded.payment.as_str());
        let written = self.payments[paid].written.allocations.iter();
        let named: Vec<String> = written.map(|part| part.order.to_string()).collect();
        let allocated = What::Allocated { payment: paid.into() };
        let is_paid = |order: &&String| self.orders[*order].sum(|what| *what == allocated) > 0;
        let orders: Vec<String> = named.iter().filter(is_paid).cloned().collect();
        let mut left = amount;
        let mut taken = Vec::new();
        for order in &orders {
            let part = left.min(self.orders[order].kept_of(paid).max(0));
            taken.push((Some(order.clone()), part));
            left -= part;
        }
        let gone = self.disputes.values().filter(|dispute| dispute.payment == paid);
        let gone: Amount =
            gone.flat_map(|dispute| &dispute.taken).filter(|part| part.0.is_none()).map(|part| part.1).sum();
        let lot = left.min((self.payments[paid].left_over - gone).max(0));
        taken.push((None, lot));
        left -= lot;
        if left > 0 {
            let first = orders.first().cloned();
            let other = first.as_ref().and_then(|order| self.orders[order].refunds.last().cloned());
            self.raise("OverRefunded", by, (other, first.clone(), left), Until::Resolved);
            taken.push((first, left));
        }
        for (order, amount) in &taken {
            self.move_back(by, recorded, order.as_deref(), *amount);
        }
        self.disputes.get_mut(id).unwrap().taken.extend(taken);
    }

    fn give_back(&mut self, by: &str, recorded: &DisputeRecorded, amount: Amount) {
        let (id, paid) = (recorded.dispute.as_str(), recorded.payment.as_str());
        let mut taken = std::mem::take(&mut self.disputes.get_mut(id).unwrap().taken);
        let mut left = amount;
        for (order, amount) in taken.iter_mut().rev() {
            let part = left.min(*amount);
            (left, *amount) = (left - part, *amount - part);
            self.move_back(by, recorded, order.as_deref(), -part);
            if let Some(order) = order.as_ref().filter(|_| part > 0) {
                self.release(order, paid, false);
            }
        }
        self.disputes.get_mut(id).unwrap().taken = taken;
    }

    fn move_back(&mut self, by: &str, recorded: &DisputeRecorded, order: Option<&str>, amount: Amount) {
        let paid = recorded.payment.as_str();
        if let Some(order) = order {
            self.event(order, by, What::Refunded { payment: paid.into(), marked: true }, amount);
            self.post(self.receivable(), amount);
        } else {
            self.take(paid, amount);
            self.post(self.credit(), amount);
        }
        self.post(recorded.account.to_string(), -amount);
        if order.is_none() && amount != 0 {
            self.below_zero(by, paid);
        }
    }

    /// What the processor keeps, as it says.
    fn at_processor(&self, dispute: &Dispute) -> Option<(Amount, Amount)> {
        let said = dispute.said.as_ref()?;
        let reversed = self.payments[&dispute.payment].reversed.is_some();
        let amount = if said.stage == DisputeStage::Won || reversed { 0 } else { said.amount.0 };
        Some((amount, said.fee.0))
    }

    fn is_to_record(&self, dispute: &Dispute) -> bool {
        self.at_processor(dispute).is_some_and(|kept| kept != (dispute.amount, dispute.fee))
    }

    pub(super) fn is_disputed(&self, payment: &str) -> bool {
        let locks = |dispute: &Dispute| match dispute.said.as_ref().map(|said| said.stage) {
            Some(DisputeStage::Open) => true,
            Some(DisputeStage::Lost) => self.is_to_record(dispute),
            _ => false,
        };
        self.disputes.values().any(|dispute| dispute.payment == payment && locks(dispute))
    }

    /// A dispute of the payment that is not won, or whose money is recorded as taken: the entry that recorded it.
    pub(super) fn disputed_by(&self, payment: &str) -> Option<Option<String>> {
        let is_won = |dispute: &Dispute| {
            dispute.said.as_ref().is_none_or(|said| said.stage == DisputeStage::Won) && dispute.amount <= 0
        };
        let found = self.disputes.values().find(|dispute| dispute.payment == payment && !is_won(dispute));
        found.map(|dispute| dispute.by.clone())
    }

    pub(super) fn may_report_dispute(&self, ask: &Ask<'_>, asked: &ReportDispute) -> CheckResult {
        ensure("UnknownPayment", self.payments.contains_key(asked.payment.as_str()))?;
        ask.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0)
    }

    pub(super) fn may_record_dispute(&self, ask: &Ask<'_>, id: &str) -> CheckResult {
        let dispute = self.disputes.get(id).ok_or("UnknownDispute")?;
        ask.permitted()?;
        ask.dated()?;
        ensure("AlreadyRecorded", self.is_to_record(dispute))?;
        ensure("RefundPending", self.payments[&dispute.payment].pending.is_none())
    }
}
