//! `counterfoil journal export`: the book for other programs.

use crate::export::{self, Format};
use crate::reading::BookArgs;
use anyhow::Result;
use clap::Args;
use ledger::view::span::Span;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Writes every entry with its postings, by date, for plain-text accounting programs or a spreadsheet. Account names
/// contain the code, then the party. The CSV is safe in a spreadsheet: no text in it can become a formula.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    book: BookArgs,
    /// The target program
    #[arg(long, value_enum)]
    format: Format,
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
        let all = reading.transactions(Span::default())?;
        let mut out = BufWriter::new(std::io::stdout().lock());
        export::write(&mut out, self.format, reading.settings(), &reading.currency(), &all)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}
