//! A payment in a list, with the amount that can still be refunded.

use crate::account::documents::Payment;
use crate::account::order::Order;
use crate::account::state::Account;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::date::Date;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::view::dispute::DisputeRow;
use std::collections::BTreeSet;

/// The part of a payment that was allocated to an order, in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Allocated {
    pub order: Id,
    pub no: Option<String>,
    pub amount: Money,
    /// What can still be refunded of the payment on this order; zero while a refund of the payment is pending.
    pub refundable: Money,
}

/// A payment. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PaymentRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    pub method: Method,
    pub account: MoneyAccount,
    /// What counts for the customer.
    pub amount: Money,
    /// What counts for the customer less what was received; zero where cash was not rounded.
    pub rounding: Money,
    pub tendered: Option<Money>,
    pub allocated: Vec<Allocated>,
    /// Orders that it was recorded for and that have not arrived; what it pays of them is credit until then.
    pub awaited: Vec<Id>,
    /// The amount that became credit when it was recorded.
    pub left_over: Money,
    pub refunded: Money,
    /// The refundable amount over all its orders; the credit lot of the payment is not included.
    pub refundable: Money,
    /// Whether an online refund of it is pending; until it is settled nothing more can be refunded.
    pub pending: bool,
    /// Whether it is disputed, so that a refund would pay twice.
    pub disputed: bool,
    /// Its disputes, newest first.
    pub disputes: Vec<DisputeRow>,
    pub eligible: bool,
    pub reference: Option<String>,
    pub note: Option<String>,
    pub reversed: bool,
}

impl PaymentRow {
    /// What was received, in minor units.
    #[must_use]
    pub fn received(&self) -> Money {
        self.amount - self.rounding
    }
}

impl Account {
    /// The number that the bank or the card processor gave the payment, such as a check number. `None` without one, and for an id that
    /// is no payment.
    #[must_use]
    pub fn payment_reference(&self, payment: &Id) -> Option<&str> {
        self.payments.get(payment)?.recorded()?.reference.as_deref()
    }

    /// The row of a payment; `None` for an id that is no payment.
    #[must_use]
    pub fn payment(&self, id: &Id) -> Option<PaymentRow> {
        self.payments.get(id).map(|payment| self.payment_row(id, payment))
    }

    pub(crate) fn payment_row(&self, id: &Id, payment: &Payment) -> PaymentRow {
        let entry = &payment.entry;
        let paid = payment.recorded();
        let orders =
            || payment.orders.iter().filter_map(|order| self.orders.get(order).map(|found| (order, found)));
        let disputed = self.is_disputed(id);
        let kept = |order: &Id, found: &Order| {
            found.paid.get(id).map_or((Money::ZERO, Money::ZERO), |kept| {
                let expected = if kept.reversed { Money::ZERO } else { kept.allocated };
                (kept.allocated, expected - kept.kept - self.disputed_on(id, Some(order)))
            })
        };
        let refundable = |order: &Order| {
            if disputed || payment.pending.is_some() { Money::ZERO } else { order.refundable_payment(id) }
        };
        PaymentRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            actor: entry.actor.clone(),
            method: paid.map_or(Method::Other, |paid| paid.method),
            account: paid.map_or_else(|| BookAccount::of(Code::Other), |paid| paid.account.clone()),
            amount: paid.map_or(Money::ZERO, |paid| paid.amount),
            rounding: paid.map_or(Money::ZERO, |paid| paid.rounding),
            tendered: paid.and_then(|paid| paid.tendered),
            allocated: orders()
                .map(|(order, found)| Allocated {
                    order: order.clone(),
                    no: self.number(order),
                    amount: kept(order, found).0,
                    refundable: refundable(found),
                })
                .collect(),
            awaited: paid
                .map(|paid| self.awaited(paid.allocations.iter().map(|part| &part.order)))
                .unwrap_or_default(),
            left_over: payment.left_over,
            refunded: orders().map(|(order, found)| kept(order, found).1).sum(),
            refundable: orders().map(|(_, found)| refundable(found)).sum(),
            pending: payment.pending.is_some(),
            disputed,
            disputes: self.dispute_rows(id),
            eligible: payment.is_eligible(),
            reference: paid.and_then(|paid| paid.reference.clone()),
            note: paid.and_then(|paid| paid.note.clone()),
            reversed: payment.reversed.is_some(),
        }
    }

    /// Those of the documents that have not arrived, each once.
    pub(crate) fn awaited<'a>(&self, named: impl Iterator<Item = &'a Id>) -> Vec<Id> {
        let absent: BTreeSet<&Id> = named.filter(|id| !self.has(id)).collect();
        absent.into_iter().cloned().collect()
    }

    /// The document number of an entry.
    pub(crate) fn number(&self, id: &Id) -> Option<String> {
        self.entry(id).and_then(|entry| entry.no.clone())
    }
}
