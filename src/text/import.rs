//! The words of an import: columns, the headings that files use for them, and what is wrong with a line.

use super::{date, language, problem, say};
use crate::forms::Field;
use crate::forms::customer::LANGUAGES;
use crate::import::{Column, DateOrder, Flaw, Kind, MOST_COLUMNS, NotText, NumberMarks, Separator, Words};
use ledger::money::Currency;

/// A column, as the page names it.
#[must_use]
pub fn column(column: Column) -> String {
    match column {
        Column::Number => say!(import.number),
        Column::Name => say!(import.name),
        Column::Company => say!(import.company),
        Column::Phone => say!(import.phone),
        Column::Email => say!(import.email),
        Column::Note => say!(import.note),
        Column::Address => say!(import.address),
        Column::Postcode => say!(import.postcode),
        Column::Town => say!(import.town),
        Column::Country => say!(import.country),
        Column::TaxNumber => say!(import.tax_number),
        Column::Language => say!(import.language),
        Column::Contact => say!(import.contact),
        Column::Reference => say!(import.reference),
        Column::On => say!(import.on),
        Column::Due => say!(import.due),
        Column::What => say!(import.what),
        Column::Amount => say!(import.amount),
        Column::Code => say!(import.code),
        Column::Price => say!(import.price),
        Column::Rate => say!(import.rate),
    }
}

/// The headings that files use for a column, the most usual first.
#[must_use]
pub fn headings(kind: Kind, column: Column) -> Vec<String> {
    list(&match column {
        Column::Name if kind == Kind::Items => say!(import.headings_item),
        Column::Number => say!(import.headings_number),
        Column::Name => say!(import.headings_name),
        Column::Company => say!(import.headings_company),
        Column::Phone => say!(import.headings_phone),
        Column::Email => say!(import.headings_email),
        Column::Note => say!(import.headings_note),
        Column::Address => say!(import.headings_address),
        Column::Postcode => say!(import.headings_postcode),
        Column::Town => say!(import.headings_town),
        Column::Country => say!(import.headings_country),
        Column::TaxNumber => say!(import.headings_tax_number),
        Column::Language => say!(import.headings_language),
        Column::Contact => say!(import.headings_contact),
        Column::Reference => say!(import.headings_reference),
        Column::On => say!(import.headings_on),
        Column::Due => say!(import.headings_due),
        Column::What => say!(import.headings_what),
        Column::Amount => say!(import.headings_amount),
        Column::Code => say!(import.headings_code),
        Column::Price => say!(import.headings_price),
        Column::Rate => say!(import.headings_rate),
    })
}

/// The words that rows hold or that are recorded with them.
#[must_use]
pub fn words() -> Words {
    Words {
        company: list(&say!(import.words_company)),
        person: list(&say!(import.words_person)),
        languages: LANGUAGES.map(|tag| (language(tag).to_lowercase(), tag.to_owned())).to_vec(),
        what: say!(import.default_what),
        reason: say!(import.default_reason),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::to_owned).collect()
}

/// A separator.
#[must_use]
pub fn separator(separator: Separator) -> String {
    match separator {
        Separator::Comma => say!(import.comma),
        Separator::Semicolon => say!(import.semicolon),
        Separator::Tab => say!(import.tab),
    }
}

/// A sequence of day, month and year, with an example.
#[must_use]
pub fn date_order(order: DateOrder) -> String {
    match order {
        DateOrder::DayMonthYear => say!(import.dmy),
        DateOrder::MonthDayYear => say!(import.mdy),
        DateOrder::YearMonthDay => say!(import.ymd),
    }
}

/// The marks of amounts, as an example.
#[must_use]
pub fn marks(marks: NumberMarks) -> String {
    match marks {
        NumberMarks::Point => say!(import.point),
        NumberMarks::Comma => say!(import.mark_comma),
    }
}

/// A kind of row.
#[must_use]
pub fn kind(kind: Kind) -> (String, String) {
    match kind {
        Kind::Customers => (say!(import.customers), say!(import.customers_hint)),
        Kind::Orders => (say!(import.orders), say!(import.orders_hint)),
        Kind::Credits => (say!(import.credits), say!(import.credits_hint)),
        Kind::Items => (say!(import.items), say!(import.items_hint)),
    }
}

/// Why a file is no text, and what to do.
#[must_use]
pub fn not_text(why: NotText) -> String {
    match why {
        NotText::Empty => say!(import.empty),
        NotText::Workbook => say!(import.workbook),
        NotText::Binary => say!(import.binary),
    }
}

/// What is wrong with a line, and what to do.
#[must_use]
pub fn flaw(flaw: &Flaw, dates: DateOrder, currency: &Currency) -> String {
    match flaw {
        Flaw::QuoteNotClosed => say!(import.quote_not_closed),
        Flaw::TextAfterQuote => say!(import.text_after_quote),
        Flaw::TooManyColumns { found } => {
            say!(import.too_many_columns, found = *found, most = MOST_COLUMNS)
        }
        Flaw::FieldTooLong => say!(import.field_too_long),
        Flaw::Fields { found, of } => say!(import.fields, found = *found, of = *of),
        Flaw::Unreadable => say!(import.unreadable),
        Flaw::Formula(at) => say!(import.formula, column = column(*at)),
        Flaw::Missing(at) => say!(import.missing, column = column(*at)),
        Flaw::Bad(at, why) => {
            let says = problem::problem(&Field::new("row"), why, currency);
            say!(import.in_column, column = column(*at), problem = says)
        }
        Flaw::NotADate(at) => {
            say!(import.not_a_date, column = column(*at), how = date_order(dates))
        }
        Flaw::NeitherPersonNorCompany => say!(import.neither, column = column(Column::Company)),
        Flaw::NotALanguage => say!(import.no_language, column = column(Column::Language)),
        Flaw::Doubled { line } => say!(import.doubled, line = *line),
        Flaw::NumberTwice { line } => say!(import.number_twice, line = *line),
        Flaw::UnknownCustomer { named } => say!(import.unknown_customer, named = named.as_str()),
        Flaw::SeveralCustomers { named } => say!(import.several_customers, named = named.as_str()),
        Flaw::ClosedDay { sealed } => say!(import.closed_day, sealed = date::long(*sealed)),
        Flaw::CodeTaken { name } => say!(import.code_taken, name = name.as_str()),
        Flaw::NotPermitted => say!(import.not_permitted),
        Flaw::Alike { name, column: Column::Phone } => say!(import.alike_phone, name = name.as_str()),
        Flaw::Alike { name, column: Column::Email } => say!(import.alike_email, name = name.as_str()),
        Flaw::Alike { name, .. } => say!(import.alike_name, name = name.as_str()),
    }
}
