//! `counterfoil journal`: reports and checks of a book, one file a command.

mod activity;
mod ageing;
mod balances;
mod daybook;
mod export;
mod partners;
mod pull;
mod recalculate;
mod records;
mod refunds;
mod state_as_of;
mod statement;
mod takings;
mod tax;
mod verify;

use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

/// The commands on a book.
#[derive(Subcommand)]
pub enum Journal {
    /// Check every line: its shape, its chain, its hash, and that every entry balances
    Verify(verify::Verify),
    /// Print the trial balance: the balance of every book account
    Balances(balances::Balances),
    /// Print a customer's statement of account
    Statement(statement::Statement),
    /// Print what customers owe by age, order by order, with their credit beside it
    Ageing(ageing::Ageing),
    /// Print every entry with its debits and credits, by date
    #[command(name = "daybook")]
    DayBook(daybook::DayBook),
    /// Print what customers paid and what went back to them, by method
    Takings(takings::Takings),
    /// Print sales tax charged and taken back, by rate
    Tax(tax::Tax),
    /// Print what each person recorded, and the money of it
    Activity(activity::Activity),
    /// Print refunds by reason
    Refunds(refunds::Refunds),
    /// Print what partners earned, what was clawed back and paid, and what they are owed
    Partners(partners::Partners),
    /// Write the book as plain-text accounting for other programs
    Export(export::Export),
    /// Copy a shop's book from its server, and keep the copy up to date
    Pull(pull::Pull),
    /// Recalculate everything from the entries and compare it with stored figures
    Recalculate(recalculate::Recalculate),
}

impl Journal {
    /// Runs the command.
    ///
    /// # Errors
    /// When a file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        match self {
            Self::Verify(command) => command.run(),
            Self::Balances(command) => command.run(),
            Self::Statement(command) => command.run(),
            Self::Ageing(command) => command.run(),
            Self::DayBook(command) => command.run(),
            Self::Takings(command) => command.run(),
            Self::Tax(command) => command.run(),
            Self::Activity(command) => command.run(),
            Self::Refunds(command) => command.run(),
            Self::Partners(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Pull(command) => command.run(),
            Self::Recalculate(command) => command.run(),
        }
    }
}
