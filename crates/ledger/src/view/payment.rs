//! A payment in a list, with what of it may still go back.

use crate::account::documents::Payment;
use crate::account::order::Order;
use crate::account::state::Account;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::date::Date;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;

/// What of a payment went to one order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Allocated {
    pub order: Id,
    pub no: Option<String>,
    pub amount: Money,
}

/// A payment.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PaymentRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    pub method: Method,
    pub account: MoneyAccount,
    pub amount: Money,
    pub tendered: Option<Money>,
    pub allocated: Vec<Allocated>,
    /// What became credit when it was recorded.
    pub left_over: Money,
    pub refunded: Money,
    /// Over all its orders; its credit lot is apart.
    pub refundable: Money,
    /// True while a refund of it is at the card processor: until then nothing more of it goes back.
    pub pending: bool,
    pub eligible: bool,
    pub reference: Option<String>,
    pub note: Option<String>,
    pub reversed: bool,
}

impl Account {
    pub(crate) fn payment_row(&self, id: &Id, payment: &Payment) -> PaymentRow {
        let entry = &payment.entry;
        let paid = payment.recorded();
        let orders =
            || payment.orders.iter().filter_map(|order| self.orders.get(order).map(|found| (order, found)));
        let kept = |order: &Order| {
            order.paid.get(id).map_or((Money::ZERO, Money::ZERO), |kept| {
                let stands = if kept.reversed { Money::ZERO } else { kept.allocated };
                (kept.allocated, stands - kept.kept)
            })
        };
        let refundable = |order: &Order| {
            if payment.pending.is_some() { Money::ZERO } else { order.refundable_payment(id) }
        };
        PaymentRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            actor: entry.actor.clone(),
            method: paid.map_or(Method::Other, |paid| paid.method),
            account: paid.map_or_else(|| BookAccount::of(Code::Other), |paid| paid.account.clone()),
            amount: paid.map_or(Money::ZERO, |paid| paid.amount),
            tendered: paid.and_then(|paid| paid.tendered),
            allocated: orders()
                .map(|(order, found)| Allocated {
                    order: order.clone(),
                    no: self.number(order),
                    amount: kept(found).0,
                })
                .collect(),
            left_over: payment.left_over,
            refunded: orders().map(|(_, found)| kept(found).1).sum(),
            refundable: orders().map(|(_, found)| refundable(found)).sum(),
            pending: payment.pending.is_some(),
            eligible: payment.is_eligible(),
            reference: paid.and_then(|paid| paid.reference.clone()),
            note: paid.and_then(|paid| paid.note.clone()),
            reversed: payment.reversed.is_some(),
        }
    }

    /// The number of a document.
    pub(crate) fn number(&self, id: &Id) -> Option<String> {
        self.entry(id).and_then(|entry| entry.no.clone())
    }
}
