//! `counterfoil journal statement`: one customer's account, line by line.

use crate::exit::NOT_DONE;
use crate::reading::{BookArgs, date};
use crate::table::Table;
use crate::text;
use anyhow::Result;
use clap::Args;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::view::span::Span;
use ledger::view::statement::{Pair, Statement as View, StatementRow};
use std::io::Write;
use std::process::ExitCode;

/// Prints a customer's statement: what was charged, paid or credited, what credit was granted and used, and after each
/// line the amount owed and the credit. The two are never combined to one figure. Duplicates of the customer follow, each
/// with its own statement.
#[derive(Args)]
pub struct Statement {
    #[command(flatten)]
    book: BookArgs,
    /// The customer's id
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// The first day; earlier entries are in the opening line
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<Date>,
    /// The book as of this day; the last day unless --to is earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

impl Statement {
    /// Calculates and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let customer = Id::new(&self.customer).ok().filter(|customer| reading.has(customer));
        let Some(customer) = customer else {
            eprintln!("{}: there is no customer {}", self.book.book.display(), self.customer);
            return Ok(ExitCode::from(NOT_DONE));
        };
        let (shop, currency) = (reading.settings().clone(), reading.currency());
        reading.only(shop.duplicates_of(&customer).chain([&customer]).cloned());
        let span = Span { from: self.from, to: [self.to, self.as_of].into_iter().flatten().min() };
        let mut views = reading.each(|book| book.statement(&shop.seals, span))?;
        views.sort_by_key(|view| view.customer.id != customer);
        let mut out = std::io::stdout().lock();
        views.iter().try_for_each(|view| print(&mut out, view, &shop.name, &currency))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What a row says; a row of an entry that is late for a seal also says its business date.
fn what(row: &StatementRow) -> String {
    let what = text::history_row(&row.what);
    if row.day == row.what.on { what } else { format!("{what}, late: of {}", row.what.on) }
}

fn print(out: &mut impl Write, view: &View, shop: &str, currency: &Currency) -> Result<()> {
    writeln!(out, "{shop}")?;
    writeln!(out, "Statement of account: {} ({}), {}", view.customer.name, view.customer.id, currency.code)?;
    let heading = [
        "<Date",
        "<Number",
        "<What",
        ">Charged",
        ">Paid or credited",
        ">Credit given",
        ">Credit used",
        ">Owed",
        ">Credit",
    ];
    let mut table = Table::new(&heading);
    let money = |amount: Money| currency.format(amount);
    let or_blank = |amount: Money| if amount.is_zero() { String::new() } else { money(amount) };
    let pair = |table: &mut Table, day: Option<Date>, what: &str, pair: Pair| {
        let day = day.map_or(String::new(), |day| day.to_string());
        let blank = String::new;
        table.row([
            day,
            blank(),
            what.into(),
            blank(),
            blank(),
            blank(),
            blank(),
            money(pair.owed),
            money(pair.credit),
        ]);
    };
    pair(&mut table, view.span.from, "Opening", view.opening);
    for row in &view.rows {
        table.row([
            row.day.to_string(),
            row.what.no.clone().unwrap_or_default(),
            what(row),
            or_blank(row.charged),
            or_blank(row.paid),
            or_blank(row.given),
            or_blank(row.used),
            money(row.after.owed),
            money(row.after.credit),
        ]);
    }
    pair(&mut table, view.span.to, "Closing", view.closing);
    table.write(out)?;
    Ok(())
}
