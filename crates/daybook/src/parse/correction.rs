//! Corrections: reversals and write-offs.

use super::credit::reason;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::rules;
use ledger::rules::{Reversal, ReversePartnerPayment, WriteOff};

/// `reverse-payment P-1 reason "bounced"`
pub fn reverse_payment(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let of = p.id("the id of a payment")?;
    reason(p).map(|reason| Act::command(rules::Act::ReversePayment(Reversal { of, reason })))
}

/// `reverse-refund R-1 reason "typed twice"`
pub fn reverse_refund(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let of = p.id("the id of a refund")?;
    reason(p).map(|reason| Act::command(rules::Act::ReverseRefund(Reversal { of, reason })))
}

/// `reverse-payout X-1 reason "check never cashed"`
pub fn reverse_payout(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let of = p.id("the id of a pay-out")?;
    reason(p).map(|reason| Act::command(rules::Act::ReversePayout(Reversal { of, reason })))
}

/// `reverse-pay-partner PP-1 reason "wrong partner"`
pub fn reverse_pay_partner(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let of = p.id("the id of a payment to a partner")?;
    let reversal = |reason| rules::Act::ReversePartnerPayment(ReversePartnerPayment { of, reason });
    reason(p).map(reversal).map(Act::command)
}

/// `write-off O-1 0.03 reason "rounding"`
pub fn write_off(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    written_off(p, "the id of an order or a credit").map(|act| Act::command(rules::Act::WriteOff(act)))
}

/// `reverse-write-off O-1 0.03 reason "paid after all"`
pub fn reverse_write_off(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    written_off(p, "the id of an order").map(|act| Act::command(rules::Act::ReverseWriteOff(act)))
}

fn written_off(p: &mut LineParser<'_>, what: &'static str) -> Result<WriteOff, Malformed> {
    let of = p.id(what)?;
    let amount = p.amount()?;
    Ok(WriteOff { of, amount, reason: reason(p)? })
}
