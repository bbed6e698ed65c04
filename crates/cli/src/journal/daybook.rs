//! `counterfoil journal daybook`: all entries by date.

use crate::reading::{BookArgs, SpanArgs};
use crate::text;
use anyhow::Result;
use clap::Args;
use ledger::money::{Currency, Money};
use ledger::posting::{Posting, Side};
use reports::{Transaction, chart};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Prints every entry with its debits and credits, by the day on which it is posted: its number, kind and customer, and a line for each book
/// account. (A file that ends in .daybook is something else: acts in plain text. See `counterfoil daybook`.)
#[derive(Args)]
pub struct DayBook {
    #[command(flatten)]
    book: BookArgs,
    #[command(flatten)]
    span: SpanArgs,
}

impl DayBook {
    /// Calculates and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let all = reading.transactions(self.span.span())?;
        let currency = reading.currency();
        let mut out = BufWriter::new(std::io::stdout().lock());
        writeln!(out, "{}: day book, {}", reading.settings().name, currency.code)?;
        let mut turnover = Money::ZERO;
        for each in &all {
            turnover += print(&mut out, each, &currency)?;
        }
        let sum = currency.format(turnover);
        writeln!(out, "{:<WIDE$}{sum:>AMOUNT$}{sum:>AMOUNT$}", "Total")?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The width of the column with account and name.
const WIDE: usize = 56;
/// The width of each column of amounts.
const AMOUNT: usize = 15;

/// Prints an entry and returns the sum of its debits.
fn print(out: &mut impl Write, each: &Transaction, currency: &Currency) -> Result<Money> {
    let entry = &each.entry;
    let number = entry.no.as_ref().map_or(String::new(), |number| format!(" {number}"));
    write!(out, "{}{number} {}", each.day, text::kind(entry.body.entry_kind()))?;
    if let Some(customer) = &entry.customer {
        write!(out, ", {} ({customer})", each.name)?;
    }
    if let Some(dated) = each.late_from() {
        write!(out, ", late: of {dated}")?;
    }
    writeln!(out)?;
    let mut debits = Money::ZERO;
    for posting in each.moved.iter().map(Posting::from) {
        let account = posting.account.to_string();
        let amount = currency.format(posting.amount);
        let line = format!("    {account:<20} {}", chart::name(posting.account.code));
        match posting.side {
            Side::Debit => {
                debits += posting.amount;
                writeln!(out, "{line:<WIDE$}{amount:>AMOUNT$}")?;
            }
            Side::Credit => writeln!(out, "{line:<WIDE$}{:AMOUNT$}{amount:>AMOUNT$}", "")?,
        }
    }
    Ok(debits)
}
