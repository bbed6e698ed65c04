//! A row to the command that adds an item.

use super::cells::Cells;
use super::column::Column;
use super::flaw::Flaw;
use super::row_id::row_id;
use super::rules::Rules;
use crate::forms::{Problem, limits, optional, required};
use ledger::entry::SetItem;
use ledger::rate::Rate;
use ledger::rules::{Act, Command};

/// The command.
///
/// # Errors
/// Everything that is wrong with the row.
pub fn set_item(cells: &Cells<'_>, rules: &Rules) -> Result<Command, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let name = text(cells, Column::Name, &mut flaws, |text| required(text, limits::NAME));
    let code = text(cells, Column::Code, &mut flaws, |text| optional(text, limits::REFERENCE));
    let price = text(cells, Column::Price, &mut flaws, |text| match text {
        "" => Ok(None),
        typed => cells.reading.price(typed, &rules.currency).map(Some),
    });
    let rate = text(cells, Column::Rate, &mut flaws, |text| match text {
        "" => Ok(rules.items.rate()),
        typed => cells.reading.rate(typed),
    });
    let read = name.zip(code).zip(price).zip(rate);
    let Some((((name, code), price), rate)) = read.filter(|_| flaws.is_empty()) else { return Err(flaws) };
    // The code names an item; without one, its name and its price do.
    let item = match &code {
        Some(code) => row_id("items", &[code]),
        None => row_id("items by name", &[&name, cells.raw(Column::Price).trim()]),
    };
    if let Some(name) = code.as_ref().and_then(|code| rules.items.other_with(code, &item)) {
        return Err(vec![Flaw::CodeTaken { name: name.to_owned() }]);
    }
    let on_top = rules.items.is_on_top() && rate != Rate::ZERO;
    let set = SetItem { item: item.clone(), name, code, price, rate, on_top, withdrawn: false };
    Ok(Command { id: item, customer: None, on: None, act: Act::SetItem(set) })
}

/// The value of a field; what is wrong with it is added to the flaws.
fn text<'a, T>(
    cells: &Cells<'a>,
    column: Column,
    flaws: &mut Vec<Flaw>,
    read: impl FnOnce(&'a str) -> Result<T, Problem>,
) -> Option<T> {
    let value = cells.text(column).and_then(|text| {
        read(text).map_err(|problem| match problem {
            Problem::Missing => Flaw::Missing(column),
            other => Flaw::Bad(column, other),
        })
    });
    value.map_err(|flaw| flaws.push(flaw)).ok()
}
