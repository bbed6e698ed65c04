//! Which corrections a row of a document offers, by its state; who may record them is decided elsewhere.

use super::Offered;
use crate::forms::correction::{Correction, moved_id};
use ledger::account::Status;
use ledger::code::Code;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::RecordPayment;
use ledger::view::lot::{LotOrigin, LotRow};
use ledger::view::order::{OrderRow, OrderView};
use ledger::view::payment::PaymentRow;
use ledger::view::refund::RefundRow;

/// The corrections of a credit.
#[must_use]
pub fn of_credit(row: &LotRow) -> Vec<Offered> {
    let (id, os) = (row.id.clone(), row.os);
    let mut offered = Vec::new();
    let mut offer = |correction: Correction, amount: Money| {
        let no = row.no.clone().unwrap_or_default();
        offered.push(Offered { correction, no, amount });
    };
    if os.is_positive() {
        offer(Correction::Apply { lot: id.clone(), most: os }, os);
        offer(Correction::Transfer { lot: id.clone(), most: os }, os);
        // Credit from a payment or a refund is reversed with its document.
        if matches!(row.origin, LotOrigin::Granted | LotOrigin::Opening | LotOrigin::Note) {
            offer(Correction::ReverseCredit { lot: id.clone(), most: os }, os);
        }
        offer(Correction::WriteOffCredit { lot: id.clone(), most: os }, os);
    }
    if row.left.is_positive() {
        offer(Correction::ReverseCreditNote(id), row.left);
    }
    offered
}

/// The corrections of credit on the screen of an order: what it has of the credit can be taken back.
#[must_use]
pub fn of_credit_on(order: &OrderView, row: &LotRow) -> Vec<Offered> {
    let applied = order.refundable.iter().find(|part| part.credit && part.from == row.id);
    let applied = applied.filter(|part| part.allocated.is_positive()).map(|part| Offered {
        correction: Correction::Unapply { lot: row.id.clone(), order: order.row.id.clone() },
        no: row.no.clone().unwrap_or_default(),
        amount: part.allocated,
    });
    applied.into_iter().chain(of_credit(row)).collect()
}

/// The corrections of a refund or a pay-out.
#[must_use]
pub fn of_refund(row: &RefundRow) -> Vec<Offered> {
    let reverse: Option<fn(Id) -> Correction> = match (row.status, &row.order) {
        (Status::Recorded, Some(_)) => Some(Correction::ReverseRefund),
        (Status::Complete, None) => Some(Correction::ReversePayout),
        _ => None,
    };
    let offered = |reverse: fn(Id) -> Correction| Offered {
        correction: reverse(row.id.clone()),
        no: row.no.clone().unwrap_or_default(),
        amount: row.amount,
    };
    reverse.map(offered).into_iter().collect()
}

/// Moving a payment to another customer: of a payment of which nothing was refunded, whose money is where this counter would
/// record it again. `drawer` is that of this counter.
#[must_use]
pub fn move_of(row: &PaymentRow, drawer: &str) -> Option<Offered> {
    let is_here = row.account.code != Code::Cash || row.account.party.as_ref() == drawer;
    let is_whole = !row.reversed
        && !row.pending
        && row.disputes.is_empty()
        && row.refunded.is_zero()
        && row.method != Method::Online;
    let payment = Some(row.id.clone()).filter(|id| is_here && is_whole && moved_id(id).is_some())?;
    let again = RecordPayment {
        amount: row.amount,
        method: row.method,
        bank: row.account.bank().map(str::to_owned),
        allocations: Vec::new(),
        eligible: row.eligible,
        tendered: None,
        reference: row.reference.clone(),
        note: row.note.clone(),
        rounding: row.rounding,
    };
    let correction = Correction::MovePayment { payment, again: Box::new(again) };
    Some(Offered { correction, no: row.no.clone().unwrap_or_default(), amount: row.amount })
}

/// The corrections of an order.
#[must_use]
pub fn of_order(row: &OrderRow) -> Vec<Offered> {
    let (order, no) = (row.id.clone(), row.no.clone().unwrap_or_default());
    let mut offered = Vec::new();
    if row.owed.is_positive() {
        let correction = Correction::WriteOffOrder { order: order.clone(), most: row.owed };
        offered.push(Offered { correction, no: no.clone(), amount: row.owed });
    }
    if row.written_off.is_positive() {
        let correction = Correction::ReverseWriteOff { order, most: row.written_off };
        offered.push(Offered { correction, no, amount: row.written_off });
    }
    offered
}
