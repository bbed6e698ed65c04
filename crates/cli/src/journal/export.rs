//! `counterfoil journal export`: the book for other programs.

use crate::export::{self, Format};
use crate::reading::Asked;
use anyhow::Result;
use clap::Args;
use ledger::view::span::Span;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Writes every entry with its postings, by date, for plain-text accounting programs or a spreadsheet. Account names
/// carry the code, then the party. A spreadsheet takes the CSV as it is: no text in it can become a formula.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    asked: Asked,
    /// For which program
    #[arg(long, value_enum)]
    format: Format,
}

impl Export {
    /// Reckons and writes.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.asked.open()? {
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
