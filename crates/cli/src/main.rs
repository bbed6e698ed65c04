//! The `counterfoil` command line.

mod chart;
mod daybook;
mod serve;
mod source;

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
        What::Serve(asked) => asked.run().map(|()| ExitCode::SUCCESS),
    }
}
