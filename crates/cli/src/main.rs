//! The `counterfoil` command line.

mod chart;
mod daybook;
mod exit;
mod export;
mod journal;
mod manual;
mod reading;
mod serve;
mod source;
mod table;
mod words;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// A book is a million small things; this allocator takes half the time of glibc's for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Write the manual pages
    Man(manual::Man),
    /// Write what a shell needs to complete commands
    Completions(manual::Completions),
}

fn main() -> ExitCode {
    match run(Asked::parse()) {
        Ok(code) => code,
        // Whoever reads along has seen enough, as `head` has.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            match error.downcast_ref::<reading::Damaged>() {
                Some(damaged) => eprintln!("{damaged}"),
                None => eprintln!("counterfoil: {error:#}"),
            }
            ExitCode::from(2)
        }
    }
}

fn run(asked: Asked) -> Result<ExitCode> {
    match asked.what {
        What::Daybook(asked) => asked.run(),
        What::Journal(asked) => asked.run(),
        What::Man(asked) => asked.run(Asked::command()).map(|()| ExitCode::SUCCESS),
        What::Completions(asked) => asked.run(Asked::command()).map(|()| ExitCode::SUCCESS),
        What::Serve(asked) => asked.run().map(|()| ExitCode::SUCCESS),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
