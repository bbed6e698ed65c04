//! A row to the command of an open order or an opening credit. Both post against the opening balances, without tax.

use super::cells::Cells;
use super::column::Column;
use super::flaw::Flaw;
use super::known::Known;
use super::row_id::row_id;
use super::rules::Rules;
use crate::forms::{Confirmed, Field, Problem, limits, note, optional};
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Money;
use ledger::quantity::Quantity;
use ledger::rules::{Act, Command, GrantCredit, LineAsked, PlaceOrder, Tax};

/// The flaws of a row, in the order in which they are found.
#[derive(Debug, Default)]
struct Flaws(Vec<Flaw>);

impl Flaws {
    fn take<T>(&mut self, read: Result<T, Flaw>) -> Option<T> {
        read.map_err(|flaw| self.0.push(flaw)).ok()
    }
}

/// What orders and credits have in common.
struct Opening {
    customer: Id,
    reference: Option<String>,
    amount: Money,
}

fn opening(cells: &Cells<'_>, known: &Known, rules: &Rules, flaws: &mut Flaws) -> Option<Opening> {
    let naming = flaws.take(cells.naming());
    let customer = naming.and_then(|naming| flaws.take(known.named(&naming)));
    let reference = flaws.take(short(cells, Column::Reference, limits::REFERENCE));
    let amount = flaws.take(amount(cells, rules));
    Some(Opening { customer: customer?, reference: reference?, amount: amount? })
}

/// The command that places an open order.
///
/// # Errors
/// Everything that is wrong with the row.
pub fn place_order(cells: &Cells<'_>, known: &Known, rules: &Rules) -> Result<Command, Vec<Flaw>> {
    let mut flaws = Flaws::default();
    let opening = opening(cells, known, rules, &mut flaws);
    let on = flaws.take(on(cells, rules)).flatten();
    if on.is_none() && cells.raw(Column::On).trim().is_empty() {
        flaws.0.push(Flaw::Missing(Column::On));
    }
    let due = flaws.take(cells.date(Column::Due));
    let what = flaws.take(short(cells, Column::What, limits::TEXT));
    let whole = opening.zip(on).zip(due).zip(what).filter(|_| flaws.0.is_empty());
    let Some((((opening, on), due), what)) = whole else { return Err(flaws.0) };
    let Opening { customer, reference, amount } = opening;
    let id = id("orders", &customer, reference.as_deref(), &[Some(on), due], amount, what.as_deref());
    let text = what.unwrap_or_else(|| rules.words.what.clone());
    let line = LineAsked { text, qty: Quantity::ONE, unit: amount, tax: Tax::None, less: None };
    let (lead, sale, discount) = (None, None, None);
    let act = PlaceOrder { lines: vec![line], lead, sale, due, reference, opening: true, discount };
    Ok(Command { id, customer: Some(customer), on: Some(on), act: Act::PlaceOrder(act) })
}

/// The command that grants an opening credit.
///
/// # Errors
/// Everything that is wrong with the row.
pub fn grant_credit(cells: &Cells<'_>, known: &Known, rules: &Rules) -> Result<Command, Vec<Flaw>> {
    let mut flaws = Flaws::default();
    let opening = opening(cells, known, rules, &mut flaws);
    let on = flaws.take(on(cells, rules));
    let said = flaws.take(noted(cells));
    let may = opening.as_ref().and_then(|opening| flaws.take(rules.may_give(opening.amount)));
    let whole = opening.zip(on).zip(said).zip(may).filter(|_| flaws.0.is_empty());
    let Some((((opening, on), said), ())) = whole else { return Err(flaws.0) };
    let Opening { customer, reference, amount } = opening;
    let id = id("credits", &customer, reference.as_deref(), &[on], amount, said.as_deref());
    let parts: Vec<String> = reference.into_iter().chain(said).collect();
    let note = (!parts.is_empty()).then(|| parts.join(": "));
    let reason = Some(rules.words.reason.clone());
    let act = GrantCredit { amount, rate: None, reason, note, opening: true };
    Ok(Command { id, customer: Some(customer), on, act: Act::GrantCredit(act) })
}

/// By the reference, if there is one; else by all that the row says.
fn id(
    kind: &str,
    customer: &Id,
    reference: Option<&str>,
    days: &[Option<Date>],
    amount: Money,
    says: Option<&str>,
) -> Id {
    if let Some(reference) = reference {
        return row_id(kind, &[customer.as_str(), reference]);
    }
    let mut parts = vec![customer.to_string(), amount.0.to_string(), says.unwrap_or_default().to_owned()];
    parts.extend(days.iter().map(|day| day.map_or_else(String::new, |day| day.to_string())));
    row_id(kind, &parts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn on(cells: &Cells<'_>, rules: &Rules) -> Result<Option<Date>, Flaw> {
    let on = cells.past(Column::On, rules.today)?;
    on.map_or(Ok(()), |on| rules.open_day(on))?;
    Ok(on)
}

fn amount(cells: &Cells<'_>, rules: &Rules) -> Result<Money, Flaw> {
    let read = cells.reading.amount(cells.raw(Column::Amount), &rules.currency);
    read.map_err(|problem| match problem {
        Problem::NoAmount => Flaw::Missing(Column::Amount),
        other => Flaw::Bad(Column::Amount, other),
    })
}

fn short(cells: &Cells<'_>, column: Column, most: usize) -> Result<Option<String>, Flaw> {
    optional(cells.text(column)?, most).map_err(|problem| Flaw::Bad(column, problem))
}

fn noted(cells: &Cells<'_>) -> Result<Option<String>, Flaw> {
    const NOTE: Field = Field::new("note");
    let text = cells.text(Column::Note)?;
    note(text, &NOTE, &Confirmed::default()).map_err(|problem| Flaw::Bad(Column::Note, problem))
}
