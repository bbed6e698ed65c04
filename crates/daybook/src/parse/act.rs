//! Parses one act; its first word names it.

use super::{change, charge, correction, credit, dispute, money, order, payment, refund, shop};
use crate::ast::{Act, Request};
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::id::Id;
use ledger::rules;

impl Act {
    /// An act whose line has no id.
    pub(crate) fn without_id(request: Request) -> Self {
        Self { id: None, customer: None, dated: None, request }
    }

    /// A command of the ledger whose line has no id of its own.
    pub(crate) fn command(act: rules::Act) -> Self {
        Self::without_id(Request::Command(act))
    }

    /// A document with an id.
    pub(crate) fn document(id: Id, customer: Option<Id>, act: rules::Act) -> Self {
        Self { id: Some(id), customer, dated: None, request: Request::Command(act) }
    }
}

/// Parses an act and its `dated …`.
pub fn act(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let verb = p.next_word().unwrap_or_default();
    let Some((_, parse, dated)) = ACTS.iter().find(|(word, ..)| *word == verb) else {
        return Err(p.expected("an act, `expect`, `refuse`, `offline`, `online` or `@`"));
    };
    if p.currency.is_none() != (verb == "shop") {
        return Err(p.expected(SHOP_FIRST));
    }
    p.skip();
    let mut act = parse(p)?;
    if *dated == Dated::Allowed && p.take_keyword(super::options::LAST) {
        act.dated = Some(p.date()?);
    }
    Ok(act)
}

const SHOP_FIRST: &str = "one `shop` line, before any other act";

/// Whether a line may have `dated …`. Acts that open or close the book always have their own date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dated {
    Allowed,
    Never,
}

type Parse = fn(&mut LineParser<'_>) -> Result<Act, Malformed>;

const ACTS: &[(&str, Parse, Dated)] = &[
    ("shop", shop::shop, Dated::Never),
    ("staff", shop::staff, Dated::Never),
    ("bank", shop::bank, Dated::Never),
    ("method", shop::method, Dated::Never),
    ("cash-rounding", shop::cash_rounding, Dated::Never),
    ("item", shop::item, Dated::Never),
    ("blind-count", shop::blind_count, Dated::Never),
    ("partner", shop::partner, Dated::Never),
    ("customer", shop::customer, Dated::Never),
    ("change", change::change, Dated::Never),
    ("duplicate", change::duplicate, Dated::Never),
    ("order", order::order, Dated::Allowed),
    ("plan", order::plan, Dated::Never),
    ("collect", charge::collect, Dated::Never),
    ("pay", payment::pay, Dated::Allowed),
    ("save-card", charge::save_card, Dated::Allowed),
    ("charge", charge::charge, Dated::Allowed),
    ("charge-progress", charge::progress, Dated::Allowed),
    ("charge-withdraw", charge::withdraw, Dated::Allowed),
    ("dispute", dispute::dispute, Dated::Allowed),
    ("record-dispute", dispute::record, Dated::Allowed),
    ("apply", payment::apply, Dated::Allowed),
    ("unapply", payment::unapply, Dated::Allowed),
    ("credit", credit::credit, Dated::Allowed),
    ("credit-note", credit::credit_note, Dated::Allowed),
    ("transfer", credit::transfer, Dated::Allowed),
    ("reverse-credit", credit::reverse_credit, Dated::Allowed),
    ("reverse-credit-note", credit::reverse_credit_note, Dated::Allowed),
    ("refund", refund::refund, Dated::Allowed),
    ("request", refund::request, Dated::Allowed),
    ("approve", refund::approve, Dated::Allowed),
    ("reject", refund::reject, Dated::Allowed),
    ("withdraw", refund::withdraw, Dated::Allowed),
    ("progress", refund::progress, Dated::Allowed),
    ("settle", refund::settle, Dated::Allowed),
    ("payout", refund::payout, Dated::Allowed),
    ("complete", refund::complete, Dated::Allowed),
    ("reverse-payout", correction::reverse_payout, Dated::Allowed),
    ("hand-over", refund::hand_over, Dated::Never),
    ("reverse-payment", correction::reverse_payment, Dated::Allowed),
    ("reverse-refund", correction::reverse_refund, Dated::Allowed),
    ("write-off", correction::write_off, Dated::Allowed),
    ("reverse-write-off", correction::reverse_write_off, Dated::Allowed),
    ("pay-partner", money::pay_partner, Dated::Allowed),
    ("reverse-pay-partner", correction::reverse_pay_partner, Dated::Allowed),
    ("fee", money::fee, Dated::Allowed),
    ("move", money::move_money, Dated::Allowed),
    ("move-cash", money::move_cash, Dated::Allowed),
    ("opening", money::opening, Dated::Allowed),
    ("count", money::count, Dated::Allowed),
    ("seal", money::seal, Dated::Never),
    ("unseal", money::unseal, Dated::Never),
    ("resolve", money::resolve, Dated::Never),
];
