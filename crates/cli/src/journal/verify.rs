//! `counterfoil journal verify`: checks every line of a book.

use crate::exit::{NOT_DONE, WRONG};
use crate::reading::{BookArgs, Damaged, OpenError, Reading};
use anyhow::Result;
use clap::Args;
use ledger::money::Money;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Checks every line of a book and names each line that is wrong: lines that are malformed, cut off, of another shop or
/// with unknown fields; lines that are missing, duplicated, out of order or changed after they were written; and
/// entries whose debits and credits differ; and side records of lines that are not there. Prints where each counter's
/// chain ends, and each of its branches, if two copies of the counter went on separately: two copies of a book that end
/// with the same hashes are the same book. Each line vouches for the line before it; nothing vouches for the last line of a
/// chain, so it could have been changed, or lines after it removed, unless the hash is compared with another copy.
///
/// Exit status: 0 when all is well, 1 when a line is wrong, 2 when the book cannot be read.
#[derive(Args)]
pub struct Verify {
    /// The book: a journal, or a day book whose name ends in .daybook; `-` is standard input
    #[arg(value_name = "BOOK")]
    book: PathBuf,
}

impl Verify {
    /// Checks and reports.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn run(self) -> Result<ExitCode> {
        let name = self.book.display().to_string();
        let asked = BookArgs { book: self.book, known_on: None, strict: true };
        let mut reading = match Reading::open(&asked)? {
            Ok(reading) => reading,
            Err(error) => return Ok(report(&name, error)),
        };
        let mut wrong: Vec<String> = match reading.each(|book| faults(&book)) {
            Ok(faults) => faults.into_iter().flatten().collect(),
            Err(error) => return report_damage(error),
        };
        wrong.extend(reading.shop.posted().filter_map(unbalanced));
        wrong.iter().for_each(|wrong| eprintln!("{name}: {wrong}"));
        let mut out = std::io::stdout().lock();
        if !wrong.is_empty() {
            return Ok(ExitCode::from(WRONG));
        }
        writeln!(out, "{} entries, every line as it was written, every entry balances", reading.entries)?;
        if reading.newer > 0 {
            writeln!(out, "{} entries were made by a newer version and not counted", reading.newer)?;
        }
        if reading.ahead > 0 {
            let clock = "were written by a clock that is more than a day ahead of this computer's";
            writeln!(out, "{} entries {clock}", reading.ahead)?;
        }
        if reading.signed > 0 {
            writeln!(out, "{} lines count as the server has signed", reading.signed)?;
        }
        if reading.sides > reading.signed {
            let unsigned = reading.sides - reading.signed;
            writeln!(out, "{unsigned} side records, which do not count: no server has signed them here")?;
        }
        if !reading.heads.is_empty() {
            writeln!(
                out,
                "the last line of a chain cannot be vouched for without a signature; lines are not signed yet"
            )?;
        }
        reading.heads.iter().try_for_each(|head| writeln!(out, "{head}"))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reports lines whose bodies could not be decoded when accounts were folded.
fn report_damage(error: anyhow::Error) -> Result<ExitCode> {
    let damaged = error.downcast::<Damaged>()?;
    eprintln!("{}", damaged.all_lines());
    Ok(ExitCode::from(WRONG))
}

fn report(name: &str, error: OpenError) -> ExitCode {
    match error {
        OpenError::BadLines(bad) => {
            eprintln!("{}", Damaged { book: name.into(), bad }.all_lines());
            ExitCode::from(WRONG)
        }
        OpenError::Refused(refused) => {
            eprintln!("{name}:{}: {}", refused.line, refused.message);
            ExitCode::from(WRONG)
        }
        OpenError::NoShop => {
            eprintln!("{name}: {error}");
            ExitCode::from(NOT_DONE)
        }
    }
}

/// Errors of the fold itself, which do not depend on the file: bugs of this program.
fn faults(book: &ledger::fold::CustomerBook) -> Vec<String> {
    let identity = book.account().check().err().map(|broken| format!("{}: {broken:?}", book.customer()));
    book.posted().iter().filter_map(unbalanced).chain(identity).collect()
}

fn unbalanced(posted: &ledger::fold::Posted) -> Option<String> {
    let sum: Money = posted.moved.iter().map(|moved| moved.amount).sum();
    (!sum.is_zero()).then(|| format!("{} does not balance", posted.entry.id))
}
