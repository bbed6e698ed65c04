//! The arguments that select a book and a span of days.

use crate::exit::{NOT_DONE, WRONG};
use crate::reading::{Damaged, OpenError, Reading};
use anyhow::Result;
use clap::Args;
use ledger::date::Date;
use ledger::view::span::Span;
use std::path::PathBuf;
use std::process::ExitCode;

/// A book: a journal (JSON Lines, as the app's backup writes it) or a day book (`.daybook`).
#[derive(Args, Clone)]
pub struct BookArgs {
    /// The book: a journal, or a day book whose name ends in .daybook; `-` is standard input
    #[arg(value_name = "BOOK")]
    pub book: PathBuf,
    /// Leave out what was written down after this day, by the shop's own clock and time zone: the book as it was
    /// known then
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub known_on: Option<Date>,
    /// Whether bodies must be byte for byte what this program writes; set by `verify`.
    #[arg(skip)]
    pub strict: bool,
}

impl BookArgs {
    /// Opens the book. On an error of its content, prints the error and returns the exit status.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(&self) -> Result<Result<Reading, ExitCode>> {
        let error = match Reading::open(self)? {
            Ok(reading) => return Ok(Ok(reading)),
            Err(error) => error,
        };
        let name = self.book.display();
        match error {
            OpenError::Refused(refused) => {
                eprintln!("{name}:{}: {}", refused.line, refused.message);
                return Ok(Err(ExitCode::from(WRONG)));
            }
            OpenError::NoShop => eprintln!("{name}: {error}"),
            OpenError::BadLines(bad) => eprintln!("{}", Damaged { book: self.book.clone(), bad }),
        }
        Ok(Err(ExitCode::from(NOT_DONE)))
    }
}

/// A span of days.
#[derive(Args, Clone, Copy)]
pub struct SpanArgs {
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
}

impl SpanArgs {
    /// The span of the views.
    pub const fn span(self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// Parses a date of the command line.
///
/// # Errors
/// When it is not a date.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a date is written 2026-03-02".into())
}
