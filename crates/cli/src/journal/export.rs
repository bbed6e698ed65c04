//! `counterfoil journal export`: the book for other programs.

use crate::export::{self, Format};
use crate::reading::{BookArgs, Reading, date};
use anyhow::Result;
use clap::Args;
use ledger::date::Date;
use ledger::entry::Body;
use ledger::shop::Shop;
use ledger::view::span::Span;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

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
        let shop = as_opened(&reading);
        export::write(&mut out, self.format, &shop, &reading.currency(), &all)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The shop with the name that it was opened with: a later name would change the first lines of every earlier export.
fn as_opened(reading: &Reading) -> Shop {
    let opened = reading.shop.records().iter().find_map(|record| {
        let Body::ShopOpened(opened) = &record.entry.body else { return None };
        Some(opened.name.clone())
    });
    let shop = reading.settings();
    Shop { name: opened.unwrap_or_else(|| shop.name.clone()), ..shop.clone() }
}
