//! `order`: one amount, or lines.

use super::options::Options;
use crate::ast::Act;
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::limits::MAX_LINES;
use ledger::money::Currency;
use ledger::rules;
use ledger::rules::{LineAsked, PlaceOrder, Tax};

/// `order O-1 mira 120.00 tax 20% sale pat`, `order O-7 mira lines "Chair" 2 x 60.00 tax 20%, "Book" 1 x 30.00`
pub fn order(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of an order")?;
    let customer = c.id("a customer")?;
    let lines = if c.take("lines") { c.list(MAX_LINES, line)? } else { vec![short_form(c)?] };
    let (lead, sale, due, reference) = (None, None, None, None);
    let mut order = PlaceOrder { lines, lead, sale, due, reference, opening: false };
    let mut options = Options::of(&["lead", "sale", "due", "reference", "opening"]);
    while let Some(option) = options.next(c)? {
        match option {
            "lead" => order.lead = Some(c.id("a partner")?),
            "sale" => order.sale = Some(c.id("a partner")?),
            "due" => order.due = Some(c.date()?),
            "reference" => order.reference = Some(c.text("a reference")?),
            _ => order.opening = opening(c, &order)?,
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::PlaceOrder(order)))
}

fn short_form(c: &mut Cursor<'_>) -> Result<LineAsked, Malformed> {
    if !c.amount_next() {
        return Err(c.wrong("an amount or `lines`"));
    }
    let unit = c.amount()?;
    Ok(LineAsked { text: String::new(), qty: 1, unit, tax: tax(c)? })
}

fn line(c: &mut Cursor<'_>) -> Result<LineAsked, Malformed> {
    let text = c.text("what was sold")?;
    let qty = c.count()?;
    c.need("x")?;
    let mark = c.mark();
    let unit = c.amount()?;
    let most = c.currency.map(Currency::most).unwrap_or_default();
    if unit.0.checked_mul(i64::from(qty)).is_none_or(|total| total > most.0) {
        return Err(c.wrong_at(mark, "a smaller amount, for so many"));
    }
    Ok(LineAsked { text, qty, unit, tax: tax(c)? })
}

fn tax(c: &mut Cursor<'_>) -> Result<Tax, Malformed> {
    if c.take("tax") {
        c.rate().map(Tax::Inside)
    } else if c.take("plus-tax") {
        c.rate().map(Tax::OnTop)
    } else {
        Ok(Tax::None)
    }
}

/// An order brought over has no tax and earns no commission, so its line cannot say otherwise.
fn opening(c: &Cursor<'_>, order: &PlaceOrder) -> Result<bool, Malformed> {
    let plain = order.lines.iter().all(|line| line.tax == Tax::None);
    if plain && order.lead.is_none() && order.sale.is_none() {
        return Ok(true);
    }
    Err(c.wrong_at(c.mark().saturating_sub(1), "an order without tax and partners, to be `opening`"))
}
