//! The `counterfoil` command line.

mod daybook;
mod exit;
mod journal;
mod link;
mod manual;
mod reading;
mod serve;
mod source;
mod table;
mod text;

use anyhow::{Result, anyhow};
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// A book has a million small allocations; this allocator takes half the time of glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Customer accounts at the counter, from the command line.
///
/// Exit status: 0 all is well, 1 something is wrong with a book, 2 it could not be done.
#[derive(Parser)]
#[command(name = "counterfoil", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check and run day books: acts in plain text, one a line
    #[command(subcommand)]
    Daybook(daybook::Daybook),
    /// Check a book, print its balances, statements and ages, and export it
    #[command(subcommand)]
    Journal(journal::Journal),
    /// Serve the app's files on this machine
    Serve(Box<serve::Serve>),
    /// Write the manual pages
    Man(manual::Man),
    /// Write the completion script of a shell
    Completions(manual::Completions),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A panic is a bug, and its message is printed already; its status must not say that something is wrong with the book.
    let outcome = std::panic::catch_unwind(|| run(arguments));
    match outcome.unwrap_or_else(|_| Err(anyhow!("stopped by a bug in this program"))) {
        Ok(code) => code,
        // The reader of the output has closed it, as `head` does.
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

fn run(arguments: Arguments) -> Result<ExitCode> {
    match arguments.command {
        Command::Daybook(command) => command.run(),
        Command::Journal(command) => command.run(),
        Command::Man(command) => command.run(Arguments::command()).map(|()| ExitCode::SUCCESS),
        Command::Completions(command) => command.run(Arguments::command()).map(|()| ExitCode::SUCCESS),
        Command::Serve(command) => command.run().map(|()| ExitCode::SUCCESS),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
