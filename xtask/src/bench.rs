//! `cargo xtask bench`: size and speed as tables. Reports, not tests: one file a part, each a command of its own.

#![expect(clippy::float_arithmetic, reason = "seconds, not money")]

mod actual;
mod app;
mod books;
mod built;
mod endpoint;
mod ledger;
mod size;
mod timed;

use anyhow::Result;
use clap::{Args, Subcommand};

/// What to measure; without a part, all parts one by one.
#[derive(Args)]
pub struct Bench {
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Clone, Copy, Subcommand)]
enum Part {
    /// The download of a first visit, and the size of each part of the Wasm
    Size,
    /// The command line on books of four sizes, compared with other programs, and the fold alone
    Ledger,
    /// The release app in a real browser: opening, recording, searching, importing a backup, and the fold in Wasm
    App,
    /// The same books in Actual, a bookkeeping program with SQLite; needs npm and a C++ compiler
    Actual,
    /// An endpoint over SQLite and PostgreSQL: entries a second, the answer at a steady rate, and the cost of a push by size
    Endpoint,
}

impl Part {
    const ALL: [Self; 5] = [Self::Size, Self::Ledger, Self::App, Self::Actual, Self::Endpoint];

    fn run(self) -> Result<()> {
        match self {
            Self::Size => size::bench(),
            Self::Ledger => ledger::bench(),
            Self::App => app::bench(),
            Self::Actual => actual::bench(),
            Self::Endpoint => endpoint::bench(),
        }
    }
}

impl Bench {
    /// Measures and prints.
    pub fn run(&self) -> Result<()> {
        match self.part {
            Some(part) => part.run(),
            None => Part::ALL.into_iter().try_for_each(Part::run),
        }
    }
}
