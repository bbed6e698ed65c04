//! `counterfoil daybook journal`: the journal of a day book.

use super::read::read;
use crate::exit::{NOT_DONE, WRONG};
use anyhow::Result;
use clap::Args;
use daybook::journal::JournalError;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Records a day book and prints the journal: JSON Lines, as the app's backup writes them, one chain a counter.
///
/// Exit status: 0 when every act was recorded, 1 when one was refused, 2 when a line is malformed or the file cannot be
/// read.
#[derive(Args)]
pub struct Journal {
    /// The day book; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Journal {
    /// Records and prints.
    ///
    /// # Errors
    /// When the file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let name = self.file.display();
        let daybook = match read(&self.file)? {
            Ok(daybook) => daybook,
            Err(malformed) => {
                eprintln!("{name}:{malformed}");
                return Ok(ExitCode::from(NOT_DONE));
            }
        };
        let mut out = BufWriter::new(std::io::stdout().lock());
        match daybook::journal::journal(daybook, |line| writeln!(out, "{line}")) {
            Ok(()) => {
                out.flush()?;
                Ok(ExitCode::SUCCESS)
            }
            Err(JournalError::Refused(failure)) => {
                eprintln!("{name}:{}: {}", failure.line, failure.found);
                Ok(ExitCode::from(WRONG))
            }
            Err(JournalError::Line(error)) => Err(error.into()),
            Err(JournalError::Write(error)) => Err(error.into()),
        }
    }
}
