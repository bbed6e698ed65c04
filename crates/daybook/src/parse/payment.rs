//! Payments, and credit that is applied to orders.

use super::money::{MONEY_METHODS, account_ref};
use super::options::Options;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::limits::MAX_PARTS;
use ledger::money::Money;
use ledger::rules;
use ledger::rules::{AllocationAsked, ApplyCredit, RecordPayment, UnapplyCredit};

/// `pay P-2 mira 500.00 bank to O-1 70.00, O-2 100.00 no-commissions note "…"`, `pay P-6 mira 7.50 cash rounding 0.02`
pub fn pay(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a payment")?;
    let customer = p.id("a customer")?;
    let mut payment = payment(p)?;
    let mut options = Options::of(&["to", "no-commissions", "rounding", "tendered", "reference", "note"]);
    while let Some(option) = options.next(p)? {
        match option {
            "to" => payment.allocations = allocations(p)?,
            "no-commissions" => payment.eligible = false,
            "rounding" => payment.rounding = p.rounding()?,
            "tendered" => payment.tendered = Some(p.amount()?),
            "reference" => payment.reference = Some(p.text("a reference")?),
            _ => payment.note = Some(p.text("a note")?),
        }
    }
    // The line says what is received.
    payment.amount += payment.rounding;
    Ok(Act::document(id, Some(customer), rules::Act::RecordPayment(payment)))
}

fn payment(p: &mut LineParser<'_>) -> Result<RecordPayment, Malformed> {
    let amount = p.amount()?;
    let account = account_ref(p, MONEY_METHODS)?;
    Ok(RecordPayment {
        amount,
        method: account.method,
        bank: account.bank,
        allocations: Vec::new(),
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    })
}

pub(super) fn allocations(p: &mut LineParser<'_>) -> Result<Vec<AllocationAsked>, Malformed> {
    let mut seen = Vec::new();
    p.list(MAX_PARTS, |p| {
        let position = p.position();
        let order = p.id("the id of an order")?;
        if seen.contains(&order) {
            return Err(p.expected_at(position, "each order only once"));
        }
        seen.push(order.clone());
        let amount = if p.is_amount_next() { Some(p.amount()?) } else { None };
        Ok(AllocationAsked { order, amount })
    })
}

/// `apply P-2 to O-2 100.00`
pub fn apply(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let lot = p.id("the id of a credit")?;
    p.keyword("to")?;
    let to = p.id("the id of an order, or of a credit below zero")?;
    let amount = p.amount()?;
    let mut eligible = None;
    let mut options = Options::of(&["no-commissions"]);
    while options.next(p)?.is_some() {
        eligible = Some(false);
    }
    Ok(Act::command(rules::Act::ApplyCredit(ApplyCredit { lot, to, amount, eligible })))
}

/// `unapply P-2 from O-2`
pub fn unapply(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let lot = p.id("the id of a credit")?;
    p.keyword("from")?;
    let order = p.id("the id of an order")?;
    Ok(Act::command(rules::Act::UnapplyCredit(UnapplyCredit { lot, order })))
}
