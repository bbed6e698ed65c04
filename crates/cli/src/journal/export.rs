//! `counterfoil journal export`: the book for other programs.

use crate::reading::{BookArgs, date};
use anyhow::Result;
use clap::{Args, ValueEnum};
use ledger::date::Date;
use ledger::view::span::Span;
use reports::export::{self, Export as Writer};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// The target program.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A journal for hledger
    Hledger,
    /// A journal for Ledger 3
    Ledger,
    /// A file for Beancount 2 and 3
    Beancount,
    /// A table for spreadsheets, one posting a row
    Csv,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Hledger => Self::Hledger,
            Format::Ledger => Self::Ledger,
            Format::Beancount => Self::Beancount,
            Format::Csv => Self::Csv,
        }
    }
}

/// Writes every entry with its postings, by the day on which it is posted, for plain-text accounting programs or a spreadsheet. Account names
/// contain the code, then the party. The CSV is safe in a spreadsheet: no text in it can become a formula.
///
/// The export up to a sealed day is the beginning of every later export, byte for byte. An entry that is late for a sealed
/// day is posted on the first day after it; its business date is the tag `dated`.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    book: BookArgs,
    /// The target program
    #[arg(long, value_enum)]
    format: Format,
    /// Only what is posted up to this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

impl Export {
    /// Calculates and writes.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let all = reading.transactions(Span::up_to(self.as_of))?;
        let mut out = BufWriter::new(std::io::stdout().lock());
        let currency = reading.currency();
        let (mut writer, mut piece) = (Writer::new(self.format.into(), &currency), String::new());
        writer.begin(&mut piece, &export::opened_as(&reading.shop));
        for each in &all {
            writer.add(&mut piece, each);
            out.write_all(piece.as_bytes())?;
            piece.clear();
        }
        out.write_all(piece.as_bytes())?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}
