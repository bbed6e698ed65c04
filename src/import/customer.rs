//! A row to the command that adds a customer: the form *Add Customer*, filled in by the file.

use super::cells::Cells;
use super::column::Column;
use super::flaw::Flaw;
use super::row_id::row_id;
use super::rules::Words;
use crate::forms::customer::{self, CustomerDraft};
use ledger::rules::Command;

/// The command.
///
/// # Errors
/// Everything that is wrong with the row.
pub fn add_customer(cells: &Cells<'_>, words: &Words) -> Result<Command, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let mut text = |column| {
        let read = cells.text(column);
        read.map_err(|flaw| flaws.push(flaw)).unwrap_or_default().to_owned()
    };
    let number = text(Column::Number);
    let [name, phone, email] = [Column::Name, Column::Phone, Column::Email].map(&mut text);
    let (note, kind) = (text(Column::Note), text(Column::Company));
    let company = words.company.contains(&kind.to_lowercase());
    if !company && !kind.is_empty() && !words.person.contains(&kind.to_lowercase()) {
        flaws.push(Flaw::NeitherPersonNorCompany);
    }
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let id = if number.is_empty() {
        row_id("customers by name", &[&name, &phone, &email, &note, if company { "company" } else { "" }])
    } else {
        row_id("customers", &[&number])
    };
    let draft = CustomerDraft { company, name, phone, email, note, ..CustomerDraft::new(id) };
    draft.command().map_err(|errors| {
        let flaw = |(field, problem): &(_, _)| match () {
            () if *field == customer::PHONE => Flaw::Bad(Column::Phone, Clone::clone(problem)),
            () if *field == customer::EMAIL => Flaw::Bad(Column::Email, Clone::clone(problem)),
            () if *field == customer::NOTE => Flaw::Bad(Column::Note, Clone::clone(problem)),
            () if cells.raw(Column::Name).trim().is_empty() => Flaw::Missing(Column::Name),
            () => Flaw::Bad(Column::Name, Clone::clone(problem)),
        };
        errors.iter().map(flaw).collect()
    })
}
