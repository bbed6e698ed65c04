//! One act: its first word says which.

use super::{correction, credit, money, order, payment, refund, shop};
use crate::ast::{Act, What};
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::id::Id;
use ledger::rules;

impl Act {
    /// An act that its line gives no id.
    pub(crate) fn unnamed(what: What) -> Self {
        Self { id: None, customer: None, dated: None, what }
    }

    /// An act that continues something; its line gives it no id of its own.
    pub(crate) fn ask(act: rules::Act) -> Self {
        Self::unnamed(What::Ask(act))
    }

    /// A document with an id.
    pub(crate) fn document(id: Id, customer: Option<Id>, act: rules::Act) -> Self {
        Self { id: Some(id), customer, dated: None, what: What::Ask(act) }
    }
}

/// Reads an act and its `dated …`.
pub fn act(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let verb = c.next_word().unwrap_or_default();
    let Some((_, read, dated)) = VERBS.iter().find(|(word, ..)| *word == verb) else {
        return Err(c.wrong("an act, `expect`, `refuse`, `offline`, `online` or `@`"));
    };
    if c.currency.is_none() != (verb == "shop") {
        return Err(c.wrong(SHOP_FIRST));
    }
    c.skip();
    let mut act = read(c)?;
    if *dated == Dated::May && c.take(super::options::LAST) {
        act.dated = Some(c.date()?);
    }
    Ok(act)
}

const SHOP_FIRST: &str = "one `shop` line, before any other act";

/// Whether a line may say `dated …`. What opens or closes the book has no other date than its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dated {
    May,
    Never,
}

type Read = fn(&mut Cursor<'_>) -> Result<Act, Malformed>;

const VERBS: &[(&str, Read, Dated)] = &[
    ("shop", shop::shop, Dated::Never),
    ("staff", shop::staff, Dated::Never),
    ("bank", shop::bank, Dated::Never),
    ("method", shop::method, Dated::Never),
    ("partner", shop::partner, Dated::Never),
    ("customer", shop::customer, Dated::Never),
    ("order", order::order, Dated::May),
    ("pay", payment::pay, Dated::May),
    ("apply", payment::apply, Dated::May),
    ("unapply", payment::unapply, Dated::May),
    ("credit", credit::credit, Dated::May),
    ("credit-note", credit::credit_note, Dated::May),
    ("reverse-credit", credit::reverse_credit, Dated::May),
    ("reverse-credit-note", credit::reverse_credit_note, Dated::May),
    ("refund", refund::refund, Dated::May),
    ("request", refund::request, Dated::May),
    ("approve", refund::approve, Dated::May),
    ("reject", refund::reject, Dated::May),
    ("settle", refund::settle, Dated::May),
    ("payout", refund::payout, Dated::May),
    ("complete", refund::complete, Dated::May),
    ("hand-over", refund::hand_over, Dated::Never),
    ("reverse-payment", correction::reverse_payment, Dated::May),
    ("reverse-refund", correction::reverse_refund, Dated::May),
    ("write-off", correction::write_off, Dated::May),
    ("reverse-write-off", correction::reverse_write_off, Dated::May),
    ("pay-partner", money::pay_partner, Dated::May),
    ("fee", money::fee, Dated::May),
    ("move", money::move_money, Dated::May),
    ("move-cash", money::move_cash, Dated::May),
    ("opening", money::opening, Dated::May),
    ("count", money::count, Dated::May),
    ("seal", money::seal, Dated::Never),
    ("resolve", money::resolve, Dated::Never),
];
