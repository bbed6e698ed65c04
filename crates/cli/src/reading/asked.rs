//! Which book, and what of it was known when.

use crate::exit::{NOT_DONE, WRONG};
use crate::reading::{Damaged, NotRead, Reading};
use anyhow::Result;
use clap::Args;
use ledger::date::Date;
use ledger::view::span::Span;
use std::path::PathBuf;
use std::process::ExitCode;

/// A book: a journal (JSON Lines, as the app's backup writes it) or a day book (`.daybook`).
#[derive(Args, Clone)]
pub struct Asked {
    /// The book: a journal, or a day book whose name ends in .daybook; `-` is standard input
    #[arg(value_name = "BOOK")]
    pub book: PathBuf,
    /// Leave out what was written down after this day, by the shop's own clock and time zone: the book as it was
    /// known then
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub known_on: Option<Date>,
    /// Whether bodies have to be byte for byte what this program writes; `verify` asks for it.
    #[arg(skip)]
    pub strictly: bool,
}

impl Asked {
    /// The book, or how the command ends without it: what is wrong was said.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn open(&self) -> Result<Result<Reading, ExitCode>> {
        let not_read = match Reading::open(self)? {
            Ok(reading) => return Ok(Ok(reading)),
            Err(not_read) => not_read,
        };
        let name = self.book.display();
        match not_read {
            NotRead::Refused(refused) => {
                eprintln!("{name}:{}: {}", refused.line, refused.message);
                return Ok(Err(ExitCode::from(WRONG)));
            }
            NotRead::NoShop => eprintln!("{name}: {not_read}"),
            NotRead::Bad(bad) => eprintln!("{}", Damaged { book: self.book.clone(), bad }),
        }
        Ok(Err(ExitCode::from(NOT_DONE)))
    }
}

/// A span of days.
#[derive(Args, Clone, Copy)]
pub struct Between {
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
}

impl Between {
    /// As views take it.
    pub const fn span(self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// Reads a date of the command line.
///
/// # Errors
/// When it is none.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a date is written 2026-03-02".into())
}
