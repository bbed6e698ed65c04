//! Money that goes back: refunds of orders and pay-outs of credit.

use super::credit::reason;
use super::money::{MONEY_METHODS, REFUND_METHODS, account_ref};
use super::options::Options;
use super::returned::returned as returned_lines;
use crate::ast::{AccountRef, Act, Request};
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::entry::{After, Clawback, FromLot, Outcome, Part, ProgressRefund, SettleRefund, Stage};
use ledger::id::Id;
use ledger::limits::MAX_PARTS;
use ledger::money::Money;
use ledger::rules;
use ledger::rules::{ProcessPayout, Refund};

/// `refund R-2 O-2 30.00 cash from P-4 10.00, credit P-2 20.00 stays reason "…" clawback refund credit`
pub fn refund(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let (id, refund) = id_and_refund(p)?;
    Ok(Act::document(id, None, rules::Act::Refund(refund)))
}

/// `request R-4 O-1 5.00 cash from P-1 stays reason "…"`
pub fn request(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let (id, refund) = id_and_refund(p)?;
    Ok(Act::document(id, None, rules::Act::RequestRefund(refund)))
}

const OWED_AFTER: &[&str] = &["stays", "reopens", "owed-after"];
const REFUND_OPTIONS: [&str; 9] =
    ["stays", "reopens", "owed-after", "rounding", "return", "reason", "clawback", "reference", "note"];

fn id_and_refund(p: &mut LineParser<'_>) -> Result<(Id, Refund), Malformed> {
    let id = p.id("the id of a refund")?;
    let order = p.id("the id of an order")?;
    let amount = p.amount()?;
    let AccountRef { method, bank } = account_ref(p, REFUND_METHODS)?;
    p.keyword("from")?;
    let parts = parts(p, amount)?;
    let (mut after, mut clawback) = (None, Clawback::default());
    let (mut reason, mut reference, mut note, mut returned) = (None, None, None, Vec::new());
    let mut rounding = Money::ZERO;
    let mut options = Options::of(&REFUND_OPTIONS);
    while let Some(option) = options.next(p)? {
        match option {
            "reason" => reason = Some(p.text("a reason")?),
            "reference" => reference = Some(p.text("a reference")?),
            "note" => note = Some(p.text("a note")?),
            "clawback" => clawback = self::clawback(p)?,
            "rounding" => rounding = p.rounding()?,
            "return" => returned = returned_lines(p)?,
            _ if after.is_some() => {
                return Err(p.expected_at(p.position() - 1, "only one answer to what is owed after"));
            }
            "stays" => after = Some(After::Stays),
            "reopens" => after = Some(After::Reopens),
            _ => after = Some(After::Amount(p.amount()?)),
        }
    }
    let after = after.ok_or_else(|| p.expected(crate::line_parser::either(OWED_AFTER.iter().copied())))?;
    let refund = Refund {
        order,
        amount,
        method,
        bank,
        parts,
        after,
        clawback,
        reason,
        reference,
        note,
        returned,
        rounding,
    };
    Ok((id, refund))
}

fn parts(p: &mut LineParser<'_>, amount: Money) -> Result<Vec<Part>, Malformed> {
    let first = p.position();
    let mut seen = Vec::new();
    let parts = p.list(MAX_PARTS, |p| {
        let position = p.position();
        let credit = p.take_keyword("credit");
        let from = p.id("the id of a payment, or `credit` and the id of a credit")?;
        if seen.contains(&(credit, from.clone())) {
            return Err(p.expected_at(position, "each payment or credit only once"));
        }
        seen.push((credit, from.clone()));
        Ok((from, credit, share(p)?))
    })?;
    let whole = whole(p, first, amount, parts.iter().map(|(.., share)| *share))?;
    let part = |(from, credit, share): (Id, bool, Option<Money>)| Part {
        from,
        credit,
        amount: share.unwrap_or(whole),
    };
    Ok(parts.into_iter().map(part).collect())
}

/// The amount of one item of a list, if the line has one.
fn share(p: &mut LineParser<'_>) -> Result<Option<Money>, Malformed> {
    if p.is_amount_next() { p.amount().map(Some) } else { Ok(None) }
}

/// Checks the amounts of a list: a single item without an amount takes the whole; several items need amounts that add up
/// to the whole.
fn whole(
    p: &LineParser<'_>,
    first: usize,
    amount: Money,
    shares: impl ExactSizeIterator<Item = Option<Money>>,
) -> Result<Money, Malformed> {
    let single = shares.len() == 1;
    let amounts: Vec<Option<Money>> = shares.collect();
    if single && amounts.contains(&None) {
        return Ok(amount);
    }
    if amounts.contains(&None) {
        return Err(p.expected_at(first, "an amount beside each, as there are several"));
    }
    if amounts.into_iter().flatten().sum::<Money>() == amount {
        return Ok(amount);
    }
    Err(p.expected_at(first, "amounts that add up to the whole"))
}

fn clawback(p: &mut LineParser<'_>) -> Result<Clawback, Malformed> {
    let mut marked = Clawback::default();
    if !matches!(p.next_word(), Some("refund" | "credit")) {
        return Err(p.expected("`refund` or `credit`"));
    }
    loop {
        if !marked.refund && p.take_keyword("refund") {
            marked.refund = true;
        } else if !marked.credit && p.take_keyword("credit") {
            marked.credit = true;
        } else {
            return Ok(marked);
        }
    }
}

/// `approve R-4`
pub fn approve(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let request = p.id("the id of a request")?;
    Ok(Act::command(rules::Act::ApproveRefund(request)))
}

/// `reject R-4 reason "no receipt"`, `reject X-1`
pub fn reject(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let of = p.id("the id of a request or a pay-out")?;
    reason(p).map(|reason| Act::without_id(Request::Reject(rules::Rejection { of, reason })))
}

/// `withdraw R-4`, `withdraw X-1`
pub fn withdraw(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let of = p.id("the id of a request or a pay-out")?;
    Ok(Act::command(rules::Act::WithdrawRefund(rules::Withdrawal { of })))
}

/// `progress R-3 bank reference "re_1"`, `progress R-3 person reason "too late"`
pub fn progress(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let refund = p.id("the id of a refund")?;
    let stage =
        p.one_of(&[("bank", Stage::Bank), ("person", Stage::Person), ("returned", Stage::Returned)])?;
    let (mut reference, mut reason) = (None, None);
    let mut options = Options::of(&["reference", "reason"]);
    while let Some(option) = options.next(p)? {
        match option {
            "reference" => reference = Some(p.text("a reference")?),
            _ => reason = Some(p.text("a reason")?),
        }
    }
    Ok(Act::command(rules::Act::ProgressRefund(ProgressRefund { refund, stage, reference, reason })))
}

/// `settle R-3 succeeded`
pub fn settle(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let refund = p.id("the id of a refund")?;
    let outcome = p.one_of(&[
        ("succeeded", Outcome::Succeeded),
        ("failed", Outcome::Failed),
        ("canceled", Outcome::Canceled),
    ])?;
    Ok(Act::command(rules::Act::SettleRefund(SettleRefund { refund, outcome })))
}

/// `payout X-1 mira 5.00 bank "Current" from C-1 2.00, P-2 3.00`
pub fn payout(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a pay-out")?;
    let customer = p.id("a customer")?;
    let amount = p.amount()?;
    let AccountRef { method, bank } = account_ref(p, MONEY_METHODS)?;
    p.keyword("from")?;
    let from = lots(p, amount)?;
    let mut payout = ProcessPayout {
        amount,
        method,
        bank,
        from,
        payee: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    };
    let mut options = Options::of(&["rounding", "payee", "reference", "note"]);
    while let Some(option) = options.next(p)? {
        match option {
            "rounding" => payout.rounding = p.rounding()?,
            "payee" => payout.payee = Some(p.text("who is paid")?),
            "reference" => payout.reference = Some(p.text("a reference")?),
            _ => payout.note = Some(p.text("a note")?),
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::ProcessPayout(payout)))
}

fn lots(p: &mut LineParser<'_>, amount: Money) -> Result<Vec<FromLot>, Malformed> {
    let first = p.position();
    let mut seen = Vec::new();
    let lots = p.list(MAX_PARTS, |p| {
        let position = p.position();
        let lot = p.id("the id of a credit")?;
        if seen.contains(&lot) {
            return Err(p.expected_at(position, "each credit only once"));
        }
        seen.push(lot.clone());
        Ok((lot, share(p)?))
    })?;
    let whole = whole(p, first, amount, lots.iter().map(|(_, share)| *share))?;
    Ok(lots.into_iter().map(|(lot, share)| FromLot { lot, amount: share.unwrap_or(whole) }).collect())
}

/// `complete X-1`
pub fn complete(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let payout = p.id("the id of a pay-out")?;
    Ok(Act::command(rules::Act::CompletePayout(payout)))
}

/// `hand-over R-1`
pub fn hand_over(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let refund = p.id("the id of a refund or a pay-out")?;
    Ok(Act::command(rules::Act::HandOver(refund)))
}
