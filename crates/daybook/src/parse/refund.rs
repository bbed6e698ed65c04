//! Money out: refunds of an order, and pay-outs of credit.

use super::money::{IN, OUT, purse};
use super::options::Options;
use crate::ast::{Act, Purse, What};
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::entry::{After, Clawback, FromLot, Outcome, Part, SettleRefund};
use ledger::id::Id;
use ledger::limits::MAX_PARTS;
use ledger::money::Money;
use ledger::rules;
use ledger::rules::{ProcessPayout, Refund};

/// `refund R-2 O-2 30.00 cash from P-4 10.00, credit P-2 20.00 stays reason "…" clawback refund credit`
pub fn refund(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let (id, refund) = asked(c)?;
    Ok(Act::document(id, None, rules::Act::Refund(refund)))
}

/// `request R-4 O-1 5.00 cash from P-1 stays reason "…"`
pub fn request(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let (id, refund) = asked(c)?;
    Ok(Act::document(id, None, rules::Act::RequestRefund(refund)))
}

const SETTLES: &[&str] = &["stays", "reopens", "owed-after"];

fn asked(c: &mut Cursor<'_>) -> Result<(Id, Refund), Malformed> {
    let id = c.id("the id of a refund")?;
    let order = c.id("the id of an order")?;
    let amount = c.amount()?;
    let Purse { method, bank } = purse(c, OUT)?;
    c.need("from")?;
    let parts = parts(c, amount)?;
    let (mut after, mut clawback) = (None, Clawback::default());
    let (mut reason, mut reference, mut note) = (None, None, None);
    let mut options =
        Options::of(&["stays", "reopens", "owed-after", "reason", "clawback", "reference", "note"]);
    while let Some(option) = options.next(c)? {
        match option {
            "reason" => reason = Some(c.text("a reason")?),
            "reference" => reference = Some(c.text("a reference")?),
            "note" => note = Some(c.text("a note")?),
            "clawback" => clawback = boxes(c)?,
            _ if after.is_some() => {
                return Err(c.wrong_at(c.mark() - 1, "only one answer to what is owed after"));
            }
            "stays" => after = Some(After::Stays),
            "reopens" => after = Some(After::Reopens),
            _ => after = Some(After::Amount(c.amount()?)),
        }
    }
    let after = after.ok_or_else(|| c.wrong(crate::cursor::either(SETTLES.iter().copied())))?;
    Ok((id, Refund { order, amount, method, bank, parts, after, clawback, reason, reference, note }))
}

fn parts(c: &mut Cursor<'_>, amount: Money) -> Result<Vec<Part>, Malformed> {
    let first = c.mark();
    let mut seen = Vec::new();
    let parts = c.list(MAX_PARTS, |c| {
        let mark = c.mark();
        let credit = c.take("credit");
        let from = c.id("the id of a payment, or `credit` and the id of a credit")?;
        if seen.contains(&(credit, from.clone())) {
            return Err(c.wrong_at(mark, "each payment or credit only once"));
        }
        seen.push((credit, from.clone()));
        Ok((from, credit, share(c)?))
    })?;
    let whole = whole(c, first, amount, parts.iter().map(|(.., share)| *share))?;
    let part = |(from, credit, share): (Id, bool, Option<Money>)| Part {
        from,
        credit,
        amount: share.unwrap_or(whole),
    };
    Ok(parts.into_iter().map(part).collect())
}

/// The amount beside one thing in a list, if one is typed.
fn share(c: &mut Cursor<'_>) -> Result<Option<Money>, Malformed> {
    if c.amount_next() { c.amount().map(Some) } else { Ok(None) }
}

/// A single thing without an amount stands for all of it; several name theirs, and these add up.
fn whole(
    c: &Cursor<'_>,
    first: usize,
    amount: Money,
    shares: impl ExactSizeIterator<Item = Option<Money>>,
) -> Result<Money, Malformed> {
    let single = shares.len() == 1;
    let typed: Vec<Option<Money>> = shares.collect();
    if single && typed.contains(&None) {
        return Ok(amount);
    }
    if typed.contains(&None) {
        return Err(c.wrong_at(first, "an amount beside each, as there are several"));
    }
    if typed.into_iter().flatten().sum::<Money>() == amount {
        return Ok(amount);
    }
    Err(c.wrong_at(first, "amounts that add up to the whole"))
}

fn boxes(c: &mut Cursor<'_>) -> Result<Clawback, Malformed> {
    let mut marked = Clawback::default();
    if !matches!(c.next_word(), Some("refund" | "credit")) {
        return Err(c.wrong("`refund` or `credit`"));
    }
    loop {
        if !marked.refund && c.take("refund") {
            marked.refund = true;
        } else if !marked.credit && c.take("credit") {
            marked.credit = true;
        } else {
            return Ok(marked);
        }
    }
}

/// `approve R-4`
pub fn approve(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let request = c.id("the id of a request")?;
    Ok(Act::ask(rules::Act::ApproveRefund(request)))
}

/// `reject R-4`, `reject X-1`
pub fn reject(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    c.id("the id of a request or a pay-out").map(|of| Act::unnamed(What::Reject(of)))
}

/// `settle R-3 succeeded`
pub fn settle(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let refund = c.id("the id of a refund")?;
    let outcome = c.one_of(&[
        ("succeeded", Outcome::Succeeded),
        ("failed", Outcome::Failed),
        ("canceled", Outcome::Canceled),
    ])?;
    Ok(Act::ask(rules::Act::SettleRefund(SettleRefund { refund, outcome })))
}

/// `payout X-1 mira 5.00 bank "Current" from C-1 2.00, P-2 3.00`
pub fn payout(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a pay-out")?;
    let customer = c.id("a customer")?;
    let amount = c.amount()?;
    let Purse { method, bank } = purse(c, IN)?;
    c.need("from")?;
    let from = lots(c, amount)?;
    let mut payout = ProcessPayout { amount, method, bank, from, payee: None, reference: None, note: None };
    let mut options = Options::of(&["payee", "reference", "note"]);
    while let Some(option) = options.next(c)? {
        match option {
            "payee" => payout.payee = Some(c.text("who is paid")?),
            "reference" => payout.reference = Some(c.text("a reference")?),
            _ => payout.note = Some(c.text("a note")?),
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::ProcessPayout(payout)))
}

fn lots(c: &mut Cursor<'_>, amount: Money) -> Result<Vec<FromLot>, Malformed> {
    let first = c.mark();
    let mut seen = Vec::new();
    let lots = c.list(MAX_PARTS, |c| {
        let mark = c.mark();
        let lot = c.id("the id of a credit")?;
        if seen.contains(&lot) {
            return Err(c.wrong_at(mark, "each credit only once"));
        }
        seen.push(lot.clone());
        Ok((lot, share(c)?))
    })?;
    let whole = whole(c, first, amount, lots.iter().map(|(_, share)| *share))?;
    Ok(lots.into_iter().map(|(lot, share)| FromLot { lot, amount: share.unwrap_or(whole) }).collect())
}

/// `complete X-1`
pub fn complete(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let payout = c.id("the id of a pay-out")?;
    Ok(Act::ask(rules::Act::CompletePayout(payout)))
}

/// `hand-over R-1`: the money has been handed over.
pub fn hand_over(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let refund = c.id("the id of a refund or a pay-out")?;
    Ok(Act::ask(rules::Act::HandOver(refund)))
}
