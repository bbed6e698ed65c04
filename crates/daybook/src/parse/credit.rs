//! Credit given and taken back.

use super::options::Options;
use crate::ast::Act;
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::rules;
use ledger::rules::{CreditNote, GrantCredit, ReverseCredit, ReverseCreditNote};

/// `credit C-1 mira 25.00 tax 20% reason "returned goods"`
pub fn credit(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a credit")?;
    let customer = c.id("a customer")?;
    let amount = c.amount()?;
    let mut credit = GrantCredit { amount, rate: None, reason: None, note: None, opening: false };
    let mut options = Options::of(&["tax", "reason", "note", "opening"]);
    while let Some(option) = options.next(c)? {
        let mark = c.mark().saturating_sub(1);
        match option {
            "tax" => credit.rate = Some(c.rate()?),
            "reason" => credit.reason = Some(c.text("a reason")?),
            "note" => credit.note = Some(c.text("a note")?),
            _ => credit.opening = true,
        }
        if credit.opening && credit.rate.is_some() {
            return Err(c.wrong_at(mark, "either `tax` or `opening`"));
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::GrantCredit(credit)))
}

/// `credit-note N-1 O-1 40.00 reason "returned goods" clawback credit`
pub fn credit_note(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a credit note")?;
    let order = c.id("the id of an order")?;
    let amount = c.amount()?;
    let mut note = CreditNote { order, amount, reason: None, note: None, clawback: false };
    let mut options = Options::of(&["reason", "note", "clawback"]);
    while let Some(option) = options.next(c)? {
        match option {
            "reason" => note.reason = Some(c.text("a reason")?),
            "note" => note.note = Some(c.text("a note")?),
            _ => {
                c.need("credit")?;
                note.clawback = true;
            }
        }
    }
    Ok(Act::document(id, None, rules::Act::CreditNote(note)))
}

/// `reverse-credit C-1 10.00`
pub fn reverse_credit(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let lot = c.id("the id of a credit")?;
    let amount = if c.amount_next() { Some(c.amount()?) } else { None };
    let mut note = None;
    let mut options = Options::of(&["note"]);
    while options.next(c)?.is_some() {
        note = Some(c.text("a note")?);
    }
    Ok(Act::ask(rules::Act::ReverseCredit(ReverseCredit { lot, amount, note })))
}

/// `reverse-credit-note N-1 reason "wrong order"`
pub fn reverse_credit_note(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let note = c.id("the id of a credit note")?;
    let reason = reason(c)?;
    Ok(Act::ask(rules::Act::ReverseCreditNote(ReverseCreditNote { note, reason })))
}

/// A reason alone; the ledger says where one is required.
pub fn reason(c: &mut Cursor<'_>) -> Result<Option<String>, Malformed> {
    let mut reason = None;
    let mut options = Options::of(&["reason"]);
    while options.next(c)?.is_some() {
        reason = Some(c.text("a reason")?);
    }
    Ok(reason)
}
