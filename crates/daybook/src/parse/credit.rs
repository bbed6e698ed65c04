//! Credit: granted, noted and reversed.

use super::options::Options;
use super::returned::returned as returned_lines;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::rules;
use ledger::rules::{CreditNote, GrantCredit, ReverseCredit, ReverseCreditNote, TransferCredit};

/// `credit C-1 mira 25.00 tax 20% reason "returned goods"`
pub fn credit(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a credit")?;
    let customer = p.id("a customer")?;
    let amount = p.amount()?;
    let mut credit = GrantCredit { amount, rate: None, reason: None, note: None, opening: false };
    let mut options = Options::of(&["tax", "reason", "note", "opening"]);
    while let Some(option) = options.next(p)? {
        let position = p.position().saturating_sub(1);
        match option {
            "tax" => credit.rate = Some(p.rate()?),
            "reason" => credit.reason = Some(p.text("a reason")?),
            "note" => credit.note = Some(p.text("a note")?),
            _ => credit.opening = true,
        }
        if credit.opening && credit.rate.is_some() {
            return Err(p.expected_at(position, "either `tax` or `opening`"));
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::GrantCredit(credit)))
}

/// `credit-note N-1 O-1 40.00 reason "returned goods" clawback credit`, `credit-note N-2 O-7 return 1 x "Chair" reason "…"`
pub fn credit_note(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a credit note")?;
    let order = p.id("the id of an order")?;
    let amount = if p.is_amount_next() { Some(p.amount()?) } else { None };
    let returned = Vec::new();
    let mut note = CreditNote { order, amount, reason: None, note: None, clawback: false, returned };
    let first = p.position();
    let mut options = Options::of(&["return", "reason", "note", "clawback"]);
    while let Some(option) = options.next(p)? {
        match option {
            "reason" => note.reason = Some(p.text("a reason")?),
            "note" => note.note = Some(p.text("a note")?),
            "return" => note.returned = returned_lines(p)?,
            _ => {
                p.keyword("credit")?;
                note.clawback = true;
            }
        }
    }
    if note.amount.is_none() && note.returned.is_empty() {
        return Err(p.expected_at(first, "an amount, or `return` and what came back"));
    }
    Ok(Act::document(id, None, rules::Act::CreditNote(note)))
}

/// `transfer T-1 C-1 10.00 to otto reason "family"`
pub fn transfer(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a transfer")?;
    let lot = p.id("the id of a credit")?;
    let amount = p.amount()?;
    p.keyword("to")?;
    let to = p.id("a customer")?;
    let reason = reason(p)?;
    let transfer = TransferCredit { lot, amount, to, reason };
    Ok(Act::document(id, None, rules::Act::TransferCredit(transfer)))
}

/// `reverse-credit C-1 10.00`
pub fn reverse_credit(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let lot = p.id("the id of a credit")?;
    let amount = if p.is_amount_next() { Some(p.amount()?) } else { None };
    let mut note = None;
    let mut options = Options::of(&["note"]);
    while options.next(p)?.is_some() {
        note = Some(p.text("a note")?);
    }
    Ok(Act::command(rules::Act::ReverseCredit(ReverseCredit { lot, amount, note })))
}

/// `reverse-credit-note N-1 reason "wrong order"`
pub fn reverse_credit_note(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let note = p.id("the id of a credit note")?;
    let reason = reason(p)?;
    Ok(Act::command(rules::Act::ReverseCreditNote(ReverseCreditNote { note, reason })))
}

/// The option `reason`; the ledger decides where a reason is required.
pub fn reason(p: &mut LineParser<'_>) -> Result<Option<String>, Malformed> {
    let mut reason = None;
    let mut options = Options::of(&["reason"]);
    while options.next(p)?.is_some() {
        reason = Some(p.text("a reason")?);
    }
    Ok(reason)
}
