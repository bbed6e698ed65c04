//! `counterfoil journal`: what a bookkeeper asks of a book, one file a command.

mod ageing;
mod balances;
mod daybook;
mod export;
mod partners;
mod recalculate;
mod records;
mod refunds;
mod state_as_of;
mod statement;
mod takings;
mod verify;

use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

/// What to ask of a book.
#[derive(Subcommand)]
pub enum Journal {
    /// Check every line: its shape, its chain, its hash, and that every entry balances
    Verify(verify::Verify),
    /// Print the trial balance: what stands on every book account
    Balances(balances::Balances),
    /// Print a customer's statement of account
    Statement(statement::Statement),
    /// Print what customers owe by age, order by order, with their credit beside it
    Ageing(ageing::Ageing),
    /// Print every entry with its debits and credits, day after day
    #[command(name = "daybook")]
    DayBook(daybook::DayBook),
    /// Print what customers paid and what went back to them, by method
    Takings(takings::Takings),
    /// Print refunds by reason
    Refunds(refunds::Refunds),
    /// Print what partners earned, lost again and were paid, and what they are owed
    Partners(partners::Partners),
    /// Write the book as plain-text accounting for other programs
    Export(export::Export),
    /// Reckon everything afresh and compare it with the figures that were kept
    Recalculate(recalculate::Recalculate),
}

impl Journal {
    /// Does it.
    ///
    /// # Errors
    /// When a file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        match self {
            Self::Verify(asked) => asked.run(),
            Self::Balances(asked) => asked.run(),
            Self::Statement(asked) => asked.run(),
            Self::Ageing(asked) => asked.run(),
            Self::DayBook(asked) => asked.run(),
            Self::Takings(asked) => asked.run(),
            Self::Refunds(asked) => asked.run(),
            Self::Partners(asked) => asked.run(),
            Self::Export(asked) => asked.run(),
            Self::Recalculate(asked) => asked.run(),
        }
    }
}
