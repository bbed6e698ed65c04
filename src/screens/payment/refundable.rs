//! What of a payment can be refunded on each of its orders, and what a refund takes from it.

use crate::screens::context;
use crate::session::Loaded;
use ledger::entry::Body;
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::payment::{Allocated, PaymentRow};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// The orders on which something of the payment can be refunded, with the amount.
pub fn orders(customer: &Id, row: &PaymentRow) -> Vec<(Allocated, Money)> {
    let session = context::session();
    let of_order = |to: &Allocated| {
        let Loaded::Ready(view) = session.order(customer.clone(), to.order.clone()).get() else {
            return Money::ZERO;
        };
        let own = view.refundable.iter().find(|found| !found.credit && found.from == row.id);
        own.map_or(Money::ZERO, |found| found.refundable)
    };
    let amount = |to: &Allocated| match row.allocated.as_slice() {
        [_] => row.refundable,
        _ => of_order(to),
    };
    let known = row.allocated.iter().map(|to| (to.clone(), amount(to)));
    known.filter(|(_, amount)| amount.is_positive()).collect()
}

/// The part of a refund that comes from the payment; credit that the payment left over is not a part of it.
pub fn part(refund: &RefundRow, payment: &Id) -> Money {
    let entry = context::session().entry(&refund.customer, &refund.id);
    let body = entry.as_ref().map(|entry| &entry.body);
    let Some(Body::RefundRecorded(written) | Body::RefundIssued(written) | Body::RefundRequested(written)) =
        body
    else {
        return Money::ZERO;
    };
    written.parts.iter().filter(|part| !part.credit && part.from == *payment).map(|part| part.amount).sum()
}
