//! Money that no customer touches, and how lines name where money lies.

use super::credit::reason;
use super::options::Options;
use crate::ast::{Act, Purse, What};
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::code::Code;
use ledger::method::{Method, WORDS};
use ledger::rules;
use ledger::rules::{ChargeFee, CountDrawer, PayPartner, ResolveException};
use ledger::shop::Shop;

/// Methods by which money leaves: any.
pub const OUT: &[(&str, Method)] = &WORDS;

/// Methods by which money comes in, leaves or lies: all but store credit.
pub const IN: &[(&str, Method)] = match OUT {
    [others @ .., (_, Method::Credit)] => others,
    all => all,
};

/// A method, and a bank account in quotes after one that has it.
pub fn purse(c: &mut Cursor<'_>, methods: &[(&'static str, Method)]) -> Result<Purse, Malformed> {
    let (method, account) = match c.own_method() {
        Some(own) => (Method::Own(own.word), own.account),
        None => {
            let method = c.one_of(methods)?;
            (method, Shop::default().account_of(method).unwrap_or(Code::Other))
        }
    };
    let at_bank = account == Code::Bank;
    let bank = if at_bank { c.text_if("the name of a bank account")? } else { None };
    Ok(Purse { method, bank })
}

/// `pay-partner pat 50.00 bank`
pub fn pay_partner(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let partner = c.id("a partner")?;
    let amount = c.amount()?;
    let Purse { method, bank } = purse(c, IN)?;
    let note = note(c)?;
    Ok(Act::ask(rules::Act::PayPartner(PayPartner { partner, amount, method, bank, note })))
}

/// `fee 12.00 bank reason "returned check"`
pub fn fee(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let amount = c.amount()?;
    let Purse { method, bank } = purse(c, IN)?;
    let reason = reason(c)?;
    Ok(Act::ask(rules::Act::ChargeFee(ChargeFee { amount, method, bank, reason })))
}

/// `move 98.50 card to bank fee 1.50`
pub fn move_money(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let amount = c.amount()?;
    let from = purse(c, IN)?;
    c.need("to")?;
    let to = purse(c, IN)?;
    let (mut fee, mut note) = (None, None);
    let mut options = Options::of(&["fee", "note"]);
    while let Some(option) = options.next(c)? {
        match option {
            "fee" => fee = Some(c.amount()?),
            _ => note = Some(c.text("a note")?),
        }
    }
    Ok(Act::unnamed(What::Move { from, to, amount, fee, note }))
}

/// `move-cash 100.00 to bank`, `move-cash 200.00 from bank`
pub fn move_cash(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let amount = c.amount()?;
    let into = c.one_of(&[("to", false), ("from", true)])?;
    let other = purse(c, IN)?;
    let drawer = Purse { method: Method::Cash, bank: None };
    let (from, to) = if into { (other, drawer) } else { (drawer, other) };
    Ok(Act::unnamed(What::Move { from, to, amount, fee: None, note: note(c)? }))
}

/// `opening 200.00 cash`
pub fn opening(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let amount = c.amount()?;
    Ok(Act::unnamed(What::OpenMoney { purse: purse(c, IN)?, amount }))
}

/// `count 594.00`
pub fn count(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let mark = c.mark();
    let counted = c.amount()?;
    if counted.0 < 0 {
        return Err(c.wrong_at(mark, "what is in the drawer, 0 or more"));
    }
    Ok(Act::ask(rules::Act::CountDrawer(CountDrawer { counted, note: note(c)? })))
}

/// `seal 2026-03-02`
pub fn seal(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    c.date().map(|day| Act::unnamed(What::Seal(day)))
}

/// `resolve OverRefunded R-2 reason "customer paid it back"`
pub fn resolve(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let kind = crate::names::exception(c)?.to_string();
    let entry = c.id("the id of what it names")?;
    let reason = reason(c)?;
    Ok(Act::ask(rules::Act::ResolveException(ResolveException { kind, entry, reason })))
}

fn note(c: &mut Cursor<'_>) -> Result<Option<String>, Malformed> {
    let mut note = None;
    let mut options = Options::of(&["note"]);
    while options.next(c)?.is_some() {
        note = Some(c.text("a note")?);
    }
    Ok(note)
}
