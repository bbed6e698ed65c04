//! Acts on money without a customer, and the parsing of money accounts.

use super::credit::reason;
use super::options::Options;
use crate::ast::{AccountRef, Act, Request};
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::code::Code;
use ledger::method::{Method, WORDS};
use ledger::rules;
use ledger::rules::{ChargeFee, CountDrawer, PayPartner, ResolveException};
use ledger::shop::Shop;

/// The payment methods of refunds: all of them.
pub const REFUND_METHODS: &[(&str, Method)] = &WORDS;

/// The payment methods of payments, pay-outs and money accounts: all but store credit.
pub const MONEY_METHODS: &[(&str, Method)] = match REFUND_METHODS {
    [others @ .., (_, Method::Credit)] => others,
    all => all,
};

/// A payment method, followed by a bank account in quotes when the money is at a bank.
pub fn account_ref(
    p: &mut LineParser<'_>,
    methods: &[(&'static str, Method)],
) -> Result<AccountRef, Malformed> {
    let (method, account) = match p.own_method() {
        Some(own) => (Method::Own(own.word), own.account),
        None => {
            let method = p.one_of(methods)?;
            (method, Shop::default().account_of(method).unwrap_or(Code::Other))
        }
    };
    let at_bank = account == Code::Bank;
    let bank = if at_bank { p.optional_name("the name of a bank account")? } else { None };
    Ok(AccountRef { method, bank })
}

/// `pay-partner pat 50.00 bank as PP-1`
pub fn pay_partner(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let partner = p.id("a partner")?;
    let amount = p.amount()?;
    let AccountRef { method, bank } = account_ref(p, MONEY_METHODS)?;
    let (mut id, mut note) = (None, None);
    let mut options = Options::of(&["as", "note"]);
    while let Some(option) = options.next(p)? {
        match option {
            "as" => id = Some(p.id("the id of the payment")?),
            _ => note = Some(p.text("a note")?),
        }
    }
    let paid = rules::Act::PayPartner(PayPartner { partner, amount, method, bank, note });
    Ok(Act { id, ..Act::command(paid) })
}

/// `fee 12.00 bank reason "returned check"`
pub fn fee(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let amount = p.amount()?;
    let AccountRef { method, bank } = account_ref(p, MONEY_METHODS)?;
    let reason = reason(p)?;
    Ok(Act::command(rules::Act::ChargeFee(ChargeFee { amount, method, bank, reason })))
}

/// `move 98.50 card to bank fee 1.50`
pub fn move_money(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let amount = p.amount()?;
    let from = account_ref(p, MONEY_METHODS)?;
    p.keyword("to")?;
    let to = account_ref(p, MONEY_METHODS)?;
    let (mut fee, mut note) = (None, None);
    let mut options = Options::of(&["fee", "note"]);
    while let Some(option) = options.next(p)? {
        match option {
            "fee" => fee = Some(p.amount()?),
            _ => note = Some(p.text("a note")?),
        }
    }
    Ok(Act::without_id(Request::Move { from, to, amount, fee, note }))
}

/// `move-cash 100.00 to bank`, `move-cash 200.00 from bank`
pub fn move_cash(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let amount = p.amount()?;
    let into = p.one_of(&[("to", false), ("from", true)])?;
    let other = account_ref(p, MONEY_METHODS)?;
    let drawer = AccountRef { method: Method::Cash, bank: None };
    let (from, to) = if into { (other, drawer) } else { (drawer, other) };
    Ok(Act::without_id(Request::Move { from, to, amount, fee: None, note: note(p)? }))
}

/// `opening 200.00 cash`
pub fn opening(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let amount = p.amount()?;
    Ok(Act::without_id(Request::OpenMoney { account: account_ref(p, MONEY_METHODS)?, amount }))
}

/// `count 594.00`
pub fn count(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let position = p.position();
    let counted = p.amount()?;
    if counted.0 < 0 {
        return Err(p.expected_at(position, "what is in the drawer, 0 or more"));
    }
    Ok(Act::command(rules::Act::CountDrawer(CountDrawer { counted, note: note(p)? })))
}

/// `seal 2026-03-02`
pub fn seal(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    p.date().map(|day| Act::without_id(Request::Seal(day)))
}

/// `unseal 2026-03-02 reason "wrong day"`
pub fn unseal(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let day = p.date()?;
    let reason = reason(p)?;
    Ok(Act::without_id(Request::Unseal { day, reason }))
}

/// `resolve OverRefunded R-2 reason "customer paid it back"`
pub fn resolve(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let kind = crate::names::exception(p)?.to_string();
    let entry = p.id("the id of what it names")?;
    let reason = reason(p)?;
    Ok(Act::command(rules::Act::ResolveException(ResolveException { kind, entry, reason })))
}

fn note(p: &mut LineParser<'_>) -> Result<Option<String>, Malformed> {
    let mut note = None;
    let mut options = Options::of(&["note"]);
    while options.next(p)?.is_some() {
        note = Some(p.text("a note")?);
    }
    Ok(note)
}
