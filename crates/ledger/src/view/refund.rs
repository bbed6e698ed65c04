//! A refund or pay-out, as a row of a list and of the queue of open ones.

use crate::account::documents::{Payout, Refund, TakenPart};
use crate::account::state::Account;
use crate::account::status::{Status, Waits};
use crate::code::MoneyAccount;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::refund_progressed::ProgressRefund;
use crate::entry::refund_written::{Part, RefundWritten};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// How the id of a refund begins that was made on the card processor's own page: its number there follows. So every endpoint, and every
/// counter, means the same document.
pub const FOUND: &str = "found-";

/// The reason that such a refund has in the journal; screens translate it.
pub const FOUND_REASON: &str = "refunded at the card processor";

/// A refund (of the payments of an order) or a pay-out (of credit lots). Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RefundRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub customer: Id,
    /// `None` for a pay-out.
    pub order: Option<Id>,
    pub order_no: Option<String>,
    pub method: Method,
    pub account: Option<MoneyAccount>,
    /// R: the whole refund, with the parts that go back to lots as applied credit; or the amount of the pay-out.
    pub amount: Money,
    /// The money that leaves the shop, and so what has to be handed over: what it posted to money accounts or to 2110,
    /// less than `amount` where applied credit went back to its lot or cash was rounded, zero for store credit. Of a request and of a
    /// pay-out that awaits payment, what the approval or the payment would move; zero once rejected.
    pub money: Money,
    /// What a refund takes from each payment or lot; empty for a pay-out.
    pub parts: Vec<Part>,
    /// The numbers of the credits that a pay-out takes from; empty for a refund.
    pub lots: Vec<String>,
    /// The credit leg.
    pub credit: Money,
    pub status: Status,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub reference: Option<String>,
    pub payee: Option<String>,
    /// The person who recorded, requested or processed it.
    pub actor: Id,
    /// The person who approved or completed it, if that was a separate act.
    pub completed_by: Option<Id>,
    /// Why it was rejected, as typed; `None` if it was not rejected, or without a reason.
    pub rejected: Option<String>,
    /// Whether the person who requested or processed it took it back.
    #[serde(default)]
    pub withdrawn: bool,
    /// How far an online refund is at the card processor; `None` before the processor has it, and for other refunds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressRefund>,
    /// Whether an online refund is to be canceled, as far as that is still possible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancel_asked: bool,
    /// Whether the card processor, or a person who looked there, has said what became of an online refund.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub settled: bool,
    /// Whether *The money has been handed over* was ticked, or no hand-over is needed.
    pub handed_over: bool,
}

impl RefundRow {
    /// What a request asks for, in minor units: the money that its approval would move, or the whole refund if that is
    /// store credit.
    #[must_use]
    pub fn asked(&self) -> Money {
        if self.money.is_zero() { self.amount } else { self.money }
    }

    /// Whether it was made on the card processor's own page, and found there by the shop's server.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.id.as_str().starts_with(FOUND)
    }

    /// What it waits for; `None` once it is done.
    #[must_use]
    pub const fn waits_for(&self) -> Option<Waits> {
        self.status.waits_for(self.handed_over)
    }

    /// The applied credit that goes back to its lots, in minor units. No money moves for it.
    #[must_use]
    pub fn back_to_credit(&self) -> Money {
        self.parts.iter().filter(|part| part.credit).map(|part| part.amount).sum()
    }

    /// Cash rounding in minor units: what counts for the customer less what is handed over, below zero where more is.
    #[must_use]
    pub fn rounding(&self) -> Money {
        if self.money.is_zero() { Money::ZERO } else { self.amount - self.back_to_credit() - self.money }
    }

    /// Whether nothing was paid, or is going to be: a request that waits, or one that was rejected.
    #[must_use]
    pub fn asks(&self) -> bool {
        matches!(self.status, Status::Requested | Status::Rejected)
    }

    /// What the refund takes from a payment, in minor units; `None` if it has no part from that payment.
    #[must_use]
    pub fn part_of(&self, payment: &Id) -> Option<Money> {
        self.parts.iter().find(|part| !part.credit && part.from == *payment).map(|part| part.amount)
    }
}

impl Account {
    /// Refunds, requests and pay-outs, newest first.
    pub(crate) fn refund_rows(&self) -> Vec<RefundRow> {
        self.entries.keys().rev().filter_map(|id| self.refund_row(id)).collect()
    }

    /// Whether a refund that counts has this number at the bank or the card processor as its reference.
    #[must_use]
    pub fn has_reference(&self, number: &str) -> bool {
        let is_same = |refund: &Refund| {
            let typed = refund.content().and_then(|written| written.reference.as_deref());
            let told = refund.progress.as_ref().and_then(|progress| progress.reference.as_deref());
            !refund.status.is_undone() && (typed == Some(number) || told == Some(number))
        };
        self.refunds.values().any(is_same)
    }

    /// The row of a refund or a pay-out.
    #[must_use]
    pub fn refund_row(&self, id: &Id) -> Option<RefundRow> {
        match self.refunds.get(id) {
            Some(refund) => self.order_refund_row(id, refund),
            None => self.payout_row(id, self.payouts.get(id)?),
        }
    }

    /// The reason of the entry that rejected a refund or a pay-out, if it has one.
    fn rejection(&self, status: Status, done: Option<&Id>) -> Option<String> {
        let rejected = self.body(done.filter(|_| status == Status::Rejected)?)?;
        rejected.summary().reason.map(str::to_owned)
    }

    /// Whether the entry that ended a request or a pay-out is its withdrawal.
    fn is_withdrawn(&self, status: Status, done: Option<&Id>) -> bool {
        let ended = done.filter(|_| status == Status::Rejected);
        ended.and_then(|ended| self.body(ended)).is_some_and(|body| matches!(body, Body::RefundWithdrawn(_)))
    }

    /// Whether the entry that ended a refund is its settlement.
    fn is_settled(&self, refund: &Refund) -> bool {
        let ended = refund.done.as_ref().and_then(|ended| self.body(ended));
        ended.is_some_and(|body| matches!(body, Body::RefundSettled(_)))
    }

    fn order_refund_row(&self, id: &Id, refund: &Refund) -> Option<RefundRow> {
        let (entry, written) = (&refund.entry, refund.content()?);
        let posted = !refund.taken.is_empty();
        let parts = parts(refund, written);
        let money = money(refund, written);
        Some(RefundRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            customer: entry.customer.clone()?,
            order: Some(refund.order.clone()),
            order_no: self.number(&refund.order),
            method: written.method,
            account: refund.account.clone().or_else(|| written.account.clone()),
            amount: parts.iter().map(|part| part.amount).sum(),
            money,
            parts,
            lots: Vec::new(),
            credit: if posted { refund.credit() } else { written.credit },
            status: refund.status,
            reason: Some(written.reason.clone()),
            note: written.note.clone(),
            reference: written.reference.clone(),
            payee: None,
            actor: entry.actor.clone(),
            completed_by: refund.done_by.clone(),
            rejected: self.rejection(refund.status, refund.done.as_ref()),
            withdrawn: self.is_withdrawn(refund.status, refund.done.as_ref()),
            progress: refund.progress.clone(),
            cancel_asked: refund.cancel_asked,
            settled: self.is_settled(refund),
            handed_over: refund.handed_over || needs_no_hand_over(written.method, money),
        })
    }

    fn payout_row(&self, id: &Id, payout: &Payout) -> Option<RefundRow> {
        let (entry, processed) = (&payout.entry, payout.processed()?);
        let completed = payout.completed.as_ref().and_then(|done| {
            let Body::PayoutCompleted(completed) = self.body(done)? else { return None };
            Some(completed.account.clone())
        });
        let moves = processed.amount - processed.rounding;
        let money = if payout.status == Status::Rejected { Money::ZERO } else { moves };
        Some(RefundRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            customer: entry.customer.clone()?,
            order: None,
            order_no: None,
            method: processed.method,
            account: Some(completed.unwrap_or_else(|| processed.account.clone())),
            amount: processed.amount,
            money,
            parts: Vec::new(),
            lots: payout.parts.iter().filter_map(|part| self.number(&part.lot)).collect(),
            credit: Money::ZERO,
            status: payout.status,
            reason: None,
            note: processed.note.clone(),
            reference: processed.reference.clone(),
            payee: processed.payee.clone(),
            actor: entry.actor.clone(),
            completed_by: payout.done_by.clone(),
            rejected: self.rejection(payout.status, payout.done.as_ref()),
            withdrawn: self.is_withdrawn(payout.status, payout.done.as_ref()),
            progress: None,
            cancel_asked: false,
            settled: false,
            handed_over: payout.handed_over || needs_no_hand_over(processed.method, money),
        })
    }
}

/// What was taken when the refund was posted; before that, the parts as asked.
fn parts(refund: &Refund, written: &RefundWritten) -> Vec<Part> {
    if refund.taken.is_empty() {
        return written.parts.clone();
    }
    let part = |taken: &TakenPart| Part {
        from: taken.from.clone(),
        credit: taken.credit,
        amount: taken.kept + taken.lot,
    };
    refund.taken.iter().map(part).collect()
}

/// What a refund posted to money accounts or to 2110; of a request what its approval would post there.
fn money(refund: &Refund, written: &RefundWritten) -> Money {
    if refund.status == Status::Requested && written.method != Method::Credit {
        return written.payments_total() - written.rounding;
    }
    refund.money
}

/// The gateway moves the money of an online refund; store credit, and applied credit that went back to its lot, are not
/// money.
fn needs_no_hand_over(method: Method, money: Money) -> bool {
    method == Method::Online || money.is_zero()
}
