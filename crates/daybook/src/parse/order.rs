//! `order`: one amount, or several order lines.

use super::options::Options;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::entry::{Discount, Instalment};
use ledger::limits::{MAX_LINES, MAX_PARTS};
use ledger::money::Currency;
use ledger::quantity::Quantity;
use ledger::rules;
use ledger::rules::{LineAsked, PlaceOrder, PlanOrder, Tax};

/// `order O-1 mira 120.00 tax 20% sale pat`, `order O-7 mira lines "Chair" 2 x 60.00 tax 20%, "Book" 1 x 30.00`
pub fn order(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of an order")?;
    let customer = p.id("a customer")?;
    let lines = if p.take_keyword("lines") { p.list(MAX_LINES, line)? } else { vec![short_form(p)?] };
    let (lead, sale, due, reference) = (None, None, None, None);
    let mut order = PlaceOrder { lines, lead, sale, due, reference, opening: false, discount: None };
    let mut options = Options::of(&["discount", "lead", "sale", "due", "reference", "opening"]);
    while let Some(option) = options.next(p)? {
        match option {
            "discount" => order.discount = Some(p.discount()?),
            "lead" => order.lead = Some(p.id("a partner")?),
            "sale" => order.sale = Some(p.id("a partner")?),
            "due" => order.due = Some(p.date()?),
            "reference" => order.reference = Some(p.text("a reference")?),
            _ => order.opening = opening(p, &order)?,
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::PlaceOrder(order)))
}

fn short_form(p: &mut LineParser<'_>) -> Result<LineAsked, Malformed> {
    if !p.is_amount_next() {
        return Err(p.expected("an amount or `lines`"));
    }
    let unit = p.amount()?;
    let (tax, less) = tax_and_discount(p)?;
    Ok(LineAsked { text: String::new(), qty: Quantity::ONE, unit, tax, less })
}

fn line(p: &mut LineParser<'_>) -> Result<LineAsked, Malformed> {
    let text = p.text("what was sold")?;
    let qty = p.quantity()?;
    p.keyword("x")?;
    let position = p.position();
    let unit = p.amount()?;
    let max = p.currency.map(Currency::most).unwrap_or_default();
    let list = i128::from(unit.0) * i128::from(qty.0);
    if list > i128::from(max.0) * i128::from(Quantity::ONE.0) {
        return Err(p.expected_at(position, "a smaller amount, for so many"));
    }
    let (tax, less) = tax_and_discount(p)?;
    Ok(LineAsked { text, qty, unit, tax, less })
}

/// `tax 20% less 10%`, each at most once, in any sequence.
fn tax_and_discount(p: &mut LineParser<'_>) -> Result<(Tax, Option<Discount>), Malformed> {
    let mut taxed = tax(p)?;
    let less = if p.take_keyword("less") { Some(p.discount()?) } else { None };
    if less.is_some() && taxed == Tax::None {
        taxed = tax(p)?;
    }
    Ok((taxed, less))
}

/// `tax 20%`, `plus-tax 20%`, or nothing.
pub(super) fn tax(p: &mut LineParser<'_>) -> Result<Tax, Malformed> {
    if p.take_keyword("tax") {
        p.rate().map(Tax::Inside)
    } else if p.take_keyword("plus-tax") {
        p.rate().map(Tax::OnTop)
    } else {
        Ok(Tax::None)
    }
}

/// Checks an opening order: it has no tax and no partners.
fn opening(p: &LineParser<'_>, order: &PlaceOrder) -> Result<bool, Malformed> {
    let without_tax = order.lines.iter().all(|line| line.tax == Tax::None);
    if without_tax && order.lead.is_none() && order.sale.is_none() {
        return Ok(true);
    }
    Err(p.expected_at(p.position().saturating_sub(1), "an order without tax and partners, to be `opening`"))
}

/// `plan O-2 2026-04-01 50.00, 2026-05-01 50.00`
pub fn plan(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let order = p.id("the id of an order")?;
    let instalments = p.list(MAX_PARTS, |p| Ok(Instalment { due: p.date()?, amount: p.amount()? }))?;
    Ok(Act::command(rules::Act::PlanOrder(PlanOrder { order, instalments })))
}
