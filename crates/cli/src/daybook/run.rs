//! `counterfoil daybook run`: the result of a day book.

use super::read::read;
use crate::exit::{NOT_DONE, WRONG};
use anyhow::Result;
use clap::Args;
use daybook::state::{ExceptionState, State};
use ledger::code::Code;
use ledger::money::Currency;
use reports::chart;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Records a day book in an empty book and prints the state at its last counter. `expect` and `refuse` lines are
/// skipped.
///
/// Exit status: 0 when every act was recorded, 1 when one was refused, 2 when a line is malformed or the file
/// cannot be read.
#[derive(Args)]
pub struct Run {
    /// The day book; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print everything as JSON, for other programs; without it a trial balance
    #[arg(long)]
    json: bool,
}

impl Run {
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
        let book = match daybook::run::run(&daybook) {
            Ok(book) => book,
            Err(failure) => {
                eprintln!("{name}:{}: {}", failure.line, failure.found);
                return Ok(ExitCode::from(WRONG));
            }
        };
        let currency = daybook.currency.unwrap_or(Currency { code: String::new(), decimals: 2 });
        let state = State::of(&book, &currency);
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&state)?)?;
        } else {
            trial_balance(&mut out, &state, &currency)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One line a book account, debit positive, and the open exceptions.
fn trial_balance(out: &mut impl Write, state: &State, currency: &Currency) -> Result<()> {
    for (number, balance) in &state.accounts {
        let name = Code::try_from(*number).map(chart::name).unwrap_or_default();
        writeln!(out, "{number} {name:<34} {balance:>15} {}", currency.code)?;
    }
    for exception in &state.exceptions {
        let ExceptionState { kind, entry, remedy, .. } = exception;
        writeln!(out, "open: {kind} on {entry}: {remedy}")?;
    }
    Ok(())
}
