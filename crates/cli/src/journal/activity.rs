//! `counterfoil journal activity`: who did what.

use crate::reading::{BookArgs, SpanArgs};
use crate::table::{Table, print_csv};
use anyhow::Result;
use clap::Args;
use ledger::fold::CustomerBook;
use ledger::view::activity::{Activity as View, ActivityRow};
use reports::sheet;
use std::process::ExitCode;

/// Prints what each person recorded: how many entries, how many of them undo another one, and the money of them. What is
/// undone is subtracted from the one who undid it, on the day when it was undone.
#[derive(Args)]
pub struct Activity {
    #[command(flatten)]
    book: BookArgs,
    #[command(flatten)]
    span: SpanArgs,
    /// Print comma-separated values, for spreadsheets
    #[arg(long)]
    csv: bool,
}

const HEADING: [&str; 9] = [
    "<Person",
    "<Name",
    ">Entries",
    ">Reversals",
    ">Sold",
    ">Taken",
    ">Given back",
    ">Credited",
    ">Written off",
];

impl Activity {
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
        let seals = reading.settings().seals.clone();
        let of_account = |book: CustomerBook| {
            let mut activity = View::default();
            activity.add(&book, &seals, &book.posted_journal(&seals), span);
            activity
        };
        let mut activity = View::default();
        reading.each(of_account)?.into_iter().for_each(|each| activity.merge(each));
        activity.add_shop(&reading.shop, span);
        let shop = reading.settings();
        if self.csv {
            return print_csv(&sheet::activity(&activity, shop, &currency));
        }
        let mut table = Table::new(&HEADING);
        let mut row = |person: &str, name: &str, of: &ActivityRow| {
            let first =
                [person.to_owned(), name.to_owned(), of.entries.to_string(), of.reversals.to_string()];
            let amounts = [of.sold, of.taken, of.given_back, of.credited, of.written_off];
            table.row(first.into_iter().chain(amounts.map(|amount| currency.format(amount))));
        };
        let mut total = ActivityRow::default();
        for (person, of) in &activity.rows {
            row(person.as_str(), shop.staff.get(person).map_or("", |member| &member.name), of);
            total += of;
        }
        row("Total", "", &total);
        table.print(format_args!("{}: who did what, {}", shop.name, currency.code))?;
        Ok(ExitCode::SUCCESS)
    }
}
