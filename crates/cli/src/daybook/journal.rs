//! `counterfoil daybook journal`: the journal of a day book.

use super::lines::DayBookLines;
use crate::exit::{NOT_DONE, WRONG};
use anyhow::{Context, Result};
use clap::Args;
use daybook::Malformed;
use daybook::ast::StatementLine;
use daybook::journal::{JournalError, journal_of_lines};
use daybook::outline::Outline;
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
    /// Records and prints. The day book is read twice: it is checked first, so that nothing is printed of one with a malformed
    /// line, and it is never in memory as a whole.
    ///
    /// # Errors
    /// When the file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let name = self.file.display();
        let daybook = DayBookLines::open(&self.file)?;
        let outline = match outline(&daybook)? {
            Ok(outline) => outline,
            Err(malformed) => {
                eprintln!("{name}:{malformed}");
                return Ok(ExitCode::from(NOT_DONE));
            }
        };
        let mut out = BufWriter::new(std::io::stdout().lock());
        let (mut lines, mut changed) = (daybook.parse()?, Ok(()));
        let mut next = || -> Result<Option<StatementLine>> {
            let line = lines.next()?.transpose();
            line.context("the day book was changed while it was read")
        };
        let lines = std::iter::from_fn(|| match next() {
            Ok(line) => line,
            Err(error) => {
                changed = Err(error);
                None
            }
        });
        match journal_of_lines(&outline, lines, |line| writeln!(out, "{line}")) {
            Ok(()) => {
                changed?;
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

/// The outline of a day book; the inner error is that of a malformed line.
fn outline(daybook: &DayBookLines<'_>) -> Result<Result<Outline, Malformed>> {
    let (mut lines, mut outline) = (daybook.parse()?, Outline::default());
    while let Some(line) = lines.next()? {
        match line {
            Ok(line) => outline.add(&line),
            Err(malformed) => return Ok(Err(malformed)),
        }
    }
    Ok(Ok(outline.finish(&lines.parser)))
}
