//! `counterfoil daybook`: the notation's commands, one file each.

mod check;
mod read;
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
        }
    }
}

/// Something is wrong with a book.
pub const WRONG: u8 = 1;
/// It could not be done.
pub const NOT_DONE: u8 = 2;
