//! A row to the commands that add a customer: the form *Add Customer*, filled in by the file.

use super::cells::Cells;
use super::column::Column;
use super::flaw::Flaw;
use super::row_id::row_id;
use super::rules::Words;
use crate::forms::customer::{self, ContactDraft, CustomerDraft};
use ledger::rules::Command;

/// The commands: the customer, and the details if the row has some.
///
/// # Errors
/// Everything that is wrong with the row.
pub fn add_customer(cells: &Cells<'_>, words: &Words) -> Result<Vec<Command>, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let mut text = |column| {
        let read = cells.text(column);
        read.map_err(|flaw| flaws.push(flaw)).unwrap_or_default().to_owned()
    };
    let number = text(Column::Number);
    let [name, phone, email] = [Column::Name, Column::Phone, Column::Email].map(&mut text);
    let (note, kind) = (text(Column::Note), text(Column::Company));
    let [street, postcode, town, country] =
        [Column::Address, Column::Postcode, Column::Town, Column::Country].map(&mut text);
    let (tax_number, contact) = (text(Column::TaxNumber), text(Column::Contact));
    let language = words.language(&text(Column::Language));
    let company = words.company.contains(&kind.to_lowercase());
    if !company && !kind.is_empty() && !words.person.contains(&kind.to_lowercase()) {
        flaws.push(Flaw::NeitherPersonNorCompany);
    }
    flaws.extend(language.is_none().then_some(Flaw::NotALanguage));
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let id = if number.is_empty() {
        row_id("customers by name", &[&name, &phone, &email, &note, if company { "company" } else { "" }])
    } else {
        row_id("customers", &[&number])
    };
    let place = [postcode, town].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let lines = [street, place, country].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let contacts = (!contact.is_empty()).then(|| ContactDraft { name: contact, ..ContactDraft::blank(1) });
    let draft = CustomerDraft {
        company,
        name,
        phone,
        email,
        note,
        address: lines.join("\n"),
        tax_number,
        language: language.unwrap_or_default(),
        contacts: contacts.into_iter().collect(),
        ..CustomerDraft::new(id)
    };
    draft.commands().map_err(|errors| {
        let flaw = |(field, problem): &(_, _)| match () {
            () if *field == customer::PHONE => Flaw::Bad(Column::Phone, Clone::clone(problem)),
            () if *field == customer::EMAIL => Flaw::Bad(Column::Email, Clone::clone(problem)),
            () if *field == customer::NOTE => Flaw::Bad(Column::Note, Clone::clone(problem)),
            () if *field == customer::ADDRESS => Flaw::Bad(Column::Address, Clone::clone(problem)),
            () if *field == customer::TAX_NUMBER => Flaw::Bad(Column::TaxNumber, Clone::clone(problem)),
            () if *field != customer::NAME => Flaw::Bad(Column::Contact, Clone::clone(problem)),
            () if cells.raw(Column::Name).trim().is_empty() => Flaw::Missing(Column::Name),
            () => Flaw::Bad(Column::Name, Clone::clone(problem)),
        };
        errors.iter().map(flaw).collect()
    })
}
