//! The fields of one row by what they hold.

use super::column::{Column, Matching};
use super::decode::UNREADABLE;
use super::flaw::Flaw;
use super::known::Naming;
use super::reading::{DateProblem, Reading};
use super::table::Row;
use crate::forms::Problem;
use ledger::date::Date;

/// What a spreadsheet takes for the beginning of a formula, in any field and in names.
const FORMULA: [char; 4] = ['=', '@', '＝', '＠'];
const FORMULA_OR_NAME: [char; 4] = ['+', '-', '＋', '－'];

/// A row with the matching of its columns.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Cells<'a> {
    pub row: &'a Row,
    pub matching: &'a Matching,
    pub reading: Reading,
}

impl<'a> Cells<'a> {
    /// The field as written; empty if the file has no such column.
    pub fn raw(&self, column: Column) -> &'a str {
        let at = self.matching.of(column);
        at.and_then(|at| self.row.fields.get(at)).map_or("", String::as_str)
    }

    /// The field without surrounding spaces. A mark that spreadsheets and exports put in front of what would be a formula is
    /// taken off.
    ///
    /// # Errors
    /// It cannot be read, or would be a formula.
    pub fn text(&self, column: Column) -> Result<&'a str, Flaw> {
        let text = self.raw(column).trim();
        if text.contains(UNREADABLE) {
            return Err(Flaw::Unreadable);
        }
        let is_name = matches!(column, Column::Name | Column::Reference | Column::Number | Column::Code);
        let is_formula =
            |text: &str| text.starts_with(FORMULA) || is_name && text.starts_with(FORMULA_OR_NAME);
        match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(FORMULA) || rest.starts_with(FORMULA_OR_NAME) => Ok(rest),
            _ if is_formula(text) => Err(Flaw::Formula(column)),
            _ => Ok(text),
        }
    }

    /// A date no later than `today`; empty gives `None`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn past(&self, column: Column, today: Date) -> Result<Option<Date>, Flaw> {
        match self.date(column)? {
            Some(on) if on > today => Err(Flaw::Bad(column, Problem::FutureDate { today })),
            on => Ok(on),
        }
    }

    /// A date; empty gives `None`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn date(&self, column: Column) -> Result<Option<Date>, Flaw> {
        self.reading.date(self.raw(column)).map_err(|why| match why {
            DateProblem::Order => Flaw::NotADate(column),
            DateProblem::Form(problem) => Flaw::Bad(column, problem),
        })
    }

    /// What the row says of its customer.
    ///
    /// # Errors
    /// It cannot be read, or would be a formula.
    pub fn naming(&self) -> Result<Naming<'a>, Flaw> {
        Ok(Naming {
            number: self.text(Column::Number)?,
            name: self.text(Column::Name)?,
            phone: self.text(Column::Phone)?,
            email: self.text(Column::Email)?,
        })
    }
}
