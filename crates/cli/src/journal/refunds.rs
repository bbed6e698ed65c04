//! `counterfoil journal refunds`: refunds by reason.

use crate::reading::{BookArgs, SpanArgs};
use crate::table::{Table, print_csv};
use anyhow::Result;
use clap::Args;
use ledger::posted::PostedRow;
use ledger::view::reasons::{ReasonRow, Reasons};
use reports::sheet;
use std::process::ExitCode;

/// Prints refunds by the reason that was typed: how many, the money that left or is on its way, what became credit of
/// the customer, and by how much sales became smaller, tax included. A refund that is undone is taken off again on the
/// day it is.
#[derive(Args)]
pub struct Refunds {
    #[command(flatten)]
    book: BookArgs,
    #[command(flatten)]
    span: SpanArgs,
    /// Print comma-separated values, for spreadsheets
    #[arg(long)]
    csv: bool,
}

impl Refunds {
    /// Calculates and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let (currency, span) = (reading.currency(), self.span.span());
        let add =
            |reasons: &mut Reasons, account: &_, rows: &[PostedRow<'_>]| reasons.add(account, rows, span);
        let mut reasons = reading.sum(add, Reasons::merge)?;
        reasons.rows.retain(|_, row| *row != ReasonRow::default());
        if self.csv {
            return print_csv(&sheet::refunds(&reasons, &currency));
        }
        let mut table = Table::new(&["<Reason", ">Refunds", ">Money", ">To credit", ">Sales smaller by"]);
        let mut row = |reason: &str, of: &ReasonRow| {
            let figures = [of.money, of.to_credit, of.credited].map(|amount| currency.format(amount));
            table.row([reason.into(), of.times.to_string()].into_iter().chain(figures));
        };
        let mut total = ReasonRow::default();
        for (reason, of) in &reasons.rows {
            row(reason, of);
            total += of;
        }
        row("Total", &total);
        let shop = &reading.settings().name;
        table.print(format_args!("{shop}: refunds by reason, {}", currency.code))?;
        Ok(ExitCode::SUCCESS)
    }
}
