//! `counterfoil journal refunds`: why money went back.

use crate::reading::{Asked, Between};
use crate::table::Table;
use anyhow::Result;
use clap::Args;
use ledger::account::CustomerBook;
use ledger::view::reasons::{Reasons, Refunded};
use std::io::Write;
use std::process::ExitCode;

/// Prints refunds by the reason that was typed: how many, the money that left or is on its way, what became credit of
/// the customer, and by how much sales became smaller, tax included. A refund that is undone is taken off again on the
/// day it is.
#[derive(Args)]
pub struct Refunds {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    between: Between,
}

impl Refunds {
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
            let mut reasons = Reasons::default();
            reasons.add(&book.counted(&shop, span.to), span);
            reasons
        };
        let mut reasons = Reasons::default();
        reading.each(of_account)?.into_iter().for_each(|more| reasons.merge(more));
        reasons.rows.retain(|_, row| *row != Refunded::default());
        let mut table = Table::new(&["<Reason", ">Refunds", ">Money", ">To credit", ">Sales smaller by"]);
        let mut row = |reason: &str, of: &Refunded| {
            let figures = [of.money, of.to_credit, of.credited].map(|amount| currency.format(amount));
            table.row([reason.into(), of.times.to_string()].into_iter().chain(figures));
        };
        let mut total = Refunded::default();
        for (reason, of) in &reasons.rows {
            row(reason, of);
            total.times += of.times;
            total.money += of.money;
            total.to_credit += of.to_credit;
            total.credited += of.credited;
        }
        row("Total", &total);
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}: refunds by reason, {}", shop.name, currency.code)?;
        table.write(&mut out)?;
        Ok(ExitCode::SUCCESS)
    }
}
