//! `counterfoil journal takings`: what customers paid and what went back to them, by method.

use crate::reading::{Asked, Between};
use crate::table::Table;
use crate::words;
use anyhow::Result;
use clap::Args;
use ledger::account::CustomerBook;
use ledger::money::Money;
use ledger::view::takings::{Taken, Takings as View};
use std::io::Write;
use std::process::ExitCode;

/// Prints the money that customers paid and the money that went back to them, by method and by the drawer or bank
/// account it came into or left from. An online refund counts when the money has left, not while it is pending.
#[derive(Args)]
pub struct Takings {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    between: Between,
}

impl Takings {
    /// Reckons and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.asked.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let (shop, currency, span) = (reading.settings().clone(), reading.currency(), self.between.span());
        let of_account = |book: CustomerBook| {
            let mut takings = View::default();
            takings.add(&book.counted(&shop, span.to), span);
            takings
        };
        let mut takings = View::default();
        reading.each(of_account)?.into_iter().for_each(|more| takings.merge(more));
        let heading = ["<Method", "<Account", ">Payments", ">Taken", ">Given back", ">Money back", ">Net"];
        let mut table = Table::new(&heading);
        let mut row = |method: &str, account: String, of: &Taken| {
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
        let mut total = Taken::default();
        for ((method, account), of) in &takings.rows {
            row(words::by(method), account.to_string(), of);
            total.taken += of.taken;
            total.times += of.times;
            total.given_back += of.given_back;
            total.times_back += of.times_back;
        }
        row("Total", String::new(), &total);
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}: takings by method, {}", shop.name, currency.code)?;
        table.write(&mut out)?;
        Ok(ExitCode::SUCCESS)
    }
}
