//! Money in, and credit that pays.

use super::money::{IN, purse};
use super::options::Options;
use crate::ast::Act;
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::limits::MAX_PARTS;
use ledger::rules;
use ledger::rules::{AllocationAsked, ApplyCredit, RecordPayment, UnapplyCredit};

/// `pay P-2 mira 500.00 bank to O-1 70.00, O-2 100.00 no-commissions note "…"`
pub fn pay(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a payment")?;
    let customer = c.id("a customer")?;
    let mut payment = payment(c)?;
    let mut options = Options::of(&["to", "no-commissions", "tendered", "reference", "note"]);
    while let Some(option) = options.next(c)? {
        match option {
            "to" => payment.allocations = allocations(c)?,
            "no-commissions" => payment.eligible = false,
            "tendered" => payment.tendered = Some(c.amount()?),
            "reference" => payment.reference = Some(c.text("a reference")?),
            _ => payment.note = Some(c.text("a note")?),
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::RecordPayment(payment)))
}

fn payment(c: &mut Cursor<'_>) -> Result<RecordPayment, Malformed> {
    let amount = c.amount()?;
    let purse = purse(c, IN)?;
    Ok(RecordPayment {
        amount,
        method: purse.method,
        bank: purse.bank,
        allocations: Vec::new(),
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
    })
}

fn allocations(c: &mut Cursor<'_>) -> Result<Vec<AllocationAsked>, Malformed> {
    let mut seen = Vec::new();
    c.list(MAX_PARTS, |c| {
        let mark = c.mark();
        let order = c.id("the id of an order")?;
        if seen.contains(&order) {
            return Err(c.wrong_at(mark, "each order only once"));
        }
        seen.push(order.clone());
        let amount = if c.amount_next() { Some(c.amount()?) } else { None };
        Ok(AllocationAsked { order, amount })
    })
}

/// `apply P-2 to O-2 100.00`
pub fn apply(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let lot = c.id("the id of a credit")?;
    c.need("to")?;
    let to = c.id("the id of an order, or of a credit below zero")?;
    let amount = c.amount()?;
    let mut eligible = None;
    let mut options = Options::of(&["no-commissions"]);
    while options.next(c)?.is_some() {
        eligible = Some(false);
    }
    Ok(Act::ask(rules::Act::ApplyCredit(ApplyCredit { lot, to, amount, eligible })))
}

/// `unapply P-2 from O-2`
pub fn unapply(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let lot = c.id("the id of a credit")?;
    c.need("from")?;
    let order = c.id("the id of an order")?;
    Ok(Act::ask(rules::Act::UnapplyCredit(UnapplyCredit { lot, order })))
}
