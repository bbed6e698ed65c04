//! `counterfoil daybook`: the commands on day books, one file each.

mod check;
mod generate;
mod journal;
mod lines;
pub mod read;
mod run;

use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

/// The commands on day books.
#[derive(Subcommand)]
pub enum Daybook {
    /// Record each day book and compare its `expect` and `refuse` lines with the outcome
    Check(check::Check),
    /// Record a day book and print the resulting balances
    Run(run::Run),
    /// Print the journal that a day book records, as JSON Lines
    Journal(journal::Journal),
    /// Generate a realistic day book of any size, always the same for the same seed
    Generate(generate::Generate),
}

impl Daybook {
    /// Runs the command.
    ///
    /// # Errors
    /// When a file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        match self {
            Self::Check(command) => command.run(),
            Self::Run(command) => command.run(),
            Self::Journal(command) => command.run(),
            Self::Generate(command) => command.run(),
        }
    }
}
