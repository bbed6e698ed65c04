//! What is wrong with a line of the file, as data without text.

use super::column::Column;
use crate::forms::Problem;
use ledger::date::Date;

/// Why a line cannot be imported, or is not without being asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Flaw {
    /// A quotation mark opens a field and none closes it.
    QuoteNotClosed,
    /// Text between a closing quotation mark and the next separator.
    TextAfterQuote,
    /// More columns than any table has.
    TooManyColumns {
        /// How many.
        found: usize,
    },
    /// A field that no column can have.
    FieldTooLong,
    /// Not as many fields as there are headings.
    Fields {
        /// The fields of the line.
        found: usize,
        /// The headings.
        of: usize,
    },
    /// Bytes that are no character in the encoding of the file.
    Unreadable,
    /// A text that a spreadsheet would calculate.
    Formula(Column),
    /// A field that has to be filled in.
    Missing(Column),
    /// A value that no form would take.
    Bad(Column, Problem),
    /// A word that is neither that for persons nor that for companies.
    NeitherPersonNorCompany,
    /// Neither the name nor the tag of a language.
    NotALanguage,
    /// Not a date in the order that was chosen.
    NotADate(Column),
    /// The same as an earlier line.
    Doubled {
        /// The earlier line.
        line: usize,
    },
    /// Another row with the number or reference of an earlier line.
    NumberTwice {
        /// The earlier line.
        line: usize,
    },
    /// Names no customer.
    UnknownCustomer {
        /// The text.
        named: String,
    },
    /// Several customers have this name.
    SeveralCustomers {
        /// The name.
        named: String,
    },
    /// On or before the last sealed day.
    ClosedDay {
        /// That day.
        sealed: Date,
    },
    /// More credit than the user may give.
    NotPermitted,
    /// Another item is sold under this code.
    CodeTaken {
        /// Its name.
        name: String,
    },
    /// Perhaps a customer who is here already: added only when asked for.
    Alike {
        /// Their name.
        name: String,
        /// What both have in common.
        column: Column,
    },
}

/// A flaw and its line; the first line of the file is 1.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct LineFlaw {
    pub line: usize,
    pub flaw: Flaw,
}
