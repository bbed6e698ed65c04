//! The `counterfoil` command line.

mod chart;
mod daybook;
mod exit;
mod export;
mod journal;
mod reading;
mod serve;
mod source;
mod table;
mod words;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Customer accounts at the counter, from the command line.
///
/// Exit status: 0 all is well, 1 something is wrong with a book, 2 it could not be done.
#[derive(Parser)]
#[command(name = "counterfoil", version)]
struct Asked {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Check and run day books: acts in plain text, one a line
    #[command(subcommand)]
    Daybook(daybook::Daybook),
    /// Check a book, print its balances, statements and ages, and export it
    #[command(subcommand)]
    Journal(journal::Journal),
    /// Serve the app's files on this machine
    Serve(serve::Serve),
}

fn main() -> ExitCode {
    match run(Asked::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("counterfoil: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(asked: Asked) -> Result<ExitCode> {
    match asked.what {
        What::Daybook(asked) => asked.run(),
        What::Journal(asked) => asked.run(),
        What::Serve(asked) => asked.run().map(|()| ExitCode::SUCCESS),
    }
}
