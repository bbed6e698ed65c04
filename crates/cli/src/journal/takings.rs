//! `counterfoil journal takings`: money received from customers and returned to them, by method.

use crate::reading::{BookArgs, SpanArgs};
use crate::table::{Table, print_csv};
use crate::text;
use anyhow::Result;
use clap::Args;
use ledger::money::Money;
use ledger::posted::PostedRow;
use ledger::view::takings::{Takings as View, TakingsRow};
use reports::sheet;
use std::process::ExitCode;

/// Prints the money that customers paid and the money that went back to them, by method and by the drawer or bank
/// account that received or paid it. An online refund counts when the money has left, not while it is pending.
#[derive(Args)]
pub struct Takings {
    #[command(flatten)]
    book: BookArgs,
    #[command(flatten)]
    span: SpanArgs,
    /// Print comma-separated values, for spreadsheets
    #[arg(long)]
    csv: bool,
}

impl Takings {
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
        let add = |takings: &mut View, account: &_, rows: &[PostedRow<'_>]| takings.add(account, rows, span);
        let takings = reading.sum(add, View::merge)?;
        if self.csv {
            return print_csv(&sheet::takings(&takings, &currency));
        }
        let heading = ["<Method", "<Account", ">Payments", ">Taken", ">Given back", ">Money back", ">Net"];
        let mut table = Table::new(&heading);
        let mut row = |method: &str, account: String, of: &TakingsRow| {
            let money = |amount: Money| currency.format(amount);
            let figures = [
                of.times.to_string(),
                money(of.taken),
                of.times_back.to_string(),
                money(of.given_back),
                money(of.taken - of.given_back),
            ];
            table.row([method.into(), account].into_iter().chain(figures));
        };
        let mut total = TakingsRow::default();
        for ((method, account), of) in &takings.rows {
            row(text::method(method), account.to_string(), of);
            total += of;
        }
        row("Total", String::new(), &total);
        let shop = &reading.settings().name;
        table.print(format_args!("{shop}: takings by method, {}", currency.code))?;
        Ok(ExitCode::SUCCESS)
    }
}
