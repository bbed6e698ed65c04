//! `counterfoil daybook`: the notation's commands, one file each.

mod check;
mod generate;
mod journal;
pub mod read;
mod run;

use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

/// What to do with day books.
#[derive(Subcommand)]
pub enum Daybook {
    /// Record each day book and compare what its `expect` and `refuse` lines say with what comes out
    Check(check::Check),
    /// Record a day book and print what the book comes to
    Run(run::Run),
    /// Print the journal that a day book records, as JSON Lines
    Journal(journal::Journal),
    /// Make up a realistic day book of any size, always the same for the same seed
    Generate(generate::Generate),
}

impl Daybook {
    /// Does it.
    ///
    /// # Errors
    /// When a file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        match self {
            Self::Check(asked) => asked.run(),
            Self::Run(asked) => asked.run(),
            Self::Journal(asked) => asked.run(),
            Self::Generate(asked) => asked.run(),
        }
    }
}
