//! The remedy of an exception: the act that would resolve it. If no further entries are needed, or none can be recorded
//! now, the remedy is a note.

use crate::account::exceptions::OpenException;
use crate::account::raised::OpenUntil;
use crate::account::state::Account;
use crate::account::status::Status;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::payout_processed::FromLot;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::rules::Act;
use crate::rules::case::{Case, Context};
use crate::rules::credit::apply::ApplyCredit;
use crate::rules::credit::reverse_note::ReverseCreditNote;
use crate::rules::exception::resolve_manually;
use crate::rules::payment::{AllocationAsked, RecordPayment};
use crate::rules::payout::process::ProcessPayout;
use crate::rules::rejection::Rejection;
use crate::shop::Shop;

impl Account {
    /// The remedy: credit for a lot below zero; money or credit for an order that owes again; a pay-out of a second
    /// payment; the rejection of a pay-out without its credit; the content of a document that lost its id.
    pub(super) fn remedy(&self, open: &OpenException, shop: &Shop) -> Act {
        let (kind, entry) = (open.raised.kind, &open.raised.entry);
        let found = match (&open.clash, &open.raised.until) {
            (Some(other), _) => self.record_again(other),
            (None, OpenUntil::LotMadeGood(lot)) => Some(self.refill_lot(lot)),
            (None, OpenUntil::LotSpent(lot)) => Some(pay_back(lot, self.os(lot))),
            (None, OpenUntil::RefundUndone(_) | OpenUntil::LinesFit(..) | OpenUntil::Resolved) => {
                self.remedy_of(open)
            }
        };
        let possible = found.filter(|act| self.is_possible(act, entry, shop));
        possible.unwrap_or_else(|| resolve_manually(kind, entry))
    }

    /// Whether the act can be recorded in this account now by a person who may do everything. The account may have
    /// changed since the exception was raised: an order was paid, or a lot was spent.
    fn is_possible(&self, act: &Act, id: &Id, shop: &Shop) -> bool {
        let cx = Context {
            shop,
            account: self,
            id_owner: &|_| None,
            actor: shop.owner.as_ref().unwrap_or(id),
            counter: "",
            today: self.last.unwrap_or(Date(jiff::civil::Date::ZERO)),
        };
        let customer = self.customer.as_ref().map(|customer| &customer.id);
        let decided = act.decide(&Case::new(cx, id, customer, None));
        decided.is_ok_and(|body| body.within_limits().is_ok())
    }

    /// Records the content of an entry again under a new id, because another entry has its id. A payment is proposed
    /// for the orders that still owe; if none of its orders does, the money may be the same as that of another payment.
    fn record_again(&self, other: &Entry) -> Option<Act> {
        let mut act = Act::from_body(&other.body)?;
        if let Act::RecordPayment(asked) = &mut act
            && !asked.allocations.is_empty()
        {
            asked.allocations.retain(|part| self.owed_on(&part.order).is_positive());
            if asked.allocations.is_empty() {
                return None;
            }
        }
        Some(act)
    }

    fn remedy_of(&self, open: &OpenException) -> Option<Act> {
        match open.raised.kind {
            Kind::OverRefunded if matches!(open.raised.until, OpenUntil::RefundUndone(_)) => {
                self.collect_again(open)
            }
            Kind::CreditOverspent | Kind::OverCredited => self.remedy_of_cut_claim(open),
            Kind::OverReturned => self.reverse_second_return(open),
            Kind::OverRefunded
            | Kind::RefundDuringPending
            | Kind::CompletedTwice
            | Kind::RejectedYetPaid
            | Kind::PaidTwice
            | Kind::IdClash
            | Kind::NumberTwice
            | Kind::WaitingFor
            | Kind::LateIntoSealedDay
            | Kind::SealVoid
            | Kind::NotEntitled => None,
        }
    }

    /// The remedy of a claim that was cut: pay what is owed again, or reject the pay-out that lacks credit.
    fn remedy_of_cut_claim(&self, open: &OpenException) -> Option<Act> {
        let body = self.body(&open.raised.entry)?;
        if let Body::PayoutProcessed(_) = body {
            let awaiting = self.payouts.get(&open.raised.entry)?.status == Status::Awaiting;
            return awaiting.then(|| Act::RejectPayout(Rejection::of(open.raised.entry.clone())));
        }
        let owes_again = matches!(
            body,
            Body::CreditApplied(_)
                | Body::RefundRecorded(_)
                | Body::RefundApproved(_)
                | Body::RefundReversed(_)
                | Body::RefundSettled(_)
        );
        if owes_again { self.apply_other_credit(open).or_else(|| self.collect_again(open)) } else { None }
    }

    /// Reverses the credit note that returned goods again, with its own reason. Money that a refund paid out is a fact,
    /// so a refund is only reviewed.
    fn reverse_second_return(&self, open: &OpenException) -> Option<Act> {
        let Body::OrderCredited(credited) = self.body(&open.raised.entry)? else { return None };
        let (note, reason) = (open.raised.entry.clone(), Some(credited.reason.clone()));
        Some(Act::ReverseCreditNote(ReverseCreditNote { note, reason }))
    }

    /// Applies other credit of the customer to what is owed again.
    fn apply_other_credit(&self, open: &OpenException) -> Option<Act> {
        let (order, amount) = self.owed_again(open)?;
        let (lot, credit) = self.lots.iter().find(|(_, lot)| lot.os().is_positive())?;
        Some(apply(lot, order, amount.min(credit.os())))
    }

    /// Collects money for what is owed again.
    fn collect_again(&self, open: &OpenException) -> Option<Act> {
        let (order, amount) = self.owed_again(open)?;
        Some(collect(amount, Some(order)))
    }

    /// The order that owes again, and the part of what it owes that the exception explains.
    fn owed_again<'a>(&self, open: &'a OpenException) -> Option<(&'a Id, Money)> {
        let order = open.raised.about.as_ref()?;
        let placed = self.orders.get(order)?.entry.is_some();
        let amount = open.raised.missing.min(self.owed_on(order));
        (placed && amount.is_positive()).then_some((order, amount))
    }

    fn refill_lot(&self, below: &Id) -> Act {
        let needed = -self.os(below);
        match self.lots.iter().find(|(_, lot)| lot.os().is_positive()) {
            Some((from, lot)) => apply(from, below, needed.min(lot.os())),
            None => collect(needed, None),
        }
    }
}

fn apply(lot: &Id, to: &Id, amount: Money) -> Act {
    Act::ApplyCredit(ApplyCredit { lot: lot.clone(), to: to.clone(), amount, eligible: None })
}

fn collect(amount: Money, order: Option<&Id>) -> Act {
    let allocations = order.map(|order| AllocationAsked { order: order.clone(), amount: None });
    Act::RecordPayment(RecordPayment {
        amount,
        method: Method::Cash,
        bank: None,
        allocations: allocations.into_iter().collect(),
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    })
}

fn pay_back(lot: &Id, amount: Money) -> Act {
    Act::ProcessPayout(ProcessPayout {
        amount,
        method: Method::Cash,
        bank: None,
        from: vec![FromLot { lot: lot.clone(), amount }],
        payee: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    })
}
