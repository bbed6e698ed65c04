//! What puts things right: reversals and write-offs.

use super::credit::reason;
use crate::ast::Act;
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::rules;
use ledger::rules::{Reversal, WriteOff};

/// `reverse-payment P-1 reason "bounced"`
pub fn reverse_payment(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let of = c.id("the id of a payment")?;
    reason(c).map(|reason| Act::ask(rules::Act::ReversePayment(Reversal { of, reason })))
}

/// `reverse-refund R-1 reason "typed twice"`
pub fn reverse_refund(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let of = c.id("the id of a refund")?;
    reason(c).map(|reason| Act::ask(rules::Act::ReverseRefund(Reversal { of, reason })))
}

/// `write-off O-1 0.03 reason "rounding"`
pub fn write_off(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    written_off(c, "the id of an order or a credit").map(|act| Act::ask(rules::Act::WriteOff(act)))
}

/// `reverse-write-off O-1 0.03 reason "paid after all"`
pub fn reverse_write_off(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    written_off(c, "the id of an order").map(|act| Act::ask(rules::Act::ReverseWriteOff(act)))
}

fn written_off(c: &mut Cursor<'_>, what: &'static str) -> Result<WriteOff, Malformed> {
    let of = c.id(what)?;
    let amount = c.amount()?;
    Ok(WriteOff { of, amount, reason: reason(c)? })
}
