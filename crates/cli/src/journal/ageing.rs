//! `counterfoil journal ageing`: amounts owed by age.

use crate::reading::{BookArgs, date};
use crate::table::{Table, print_csv};
use anyhow::Result;
use clap::Args;
use ledger::date::Date;
use ledger::fold::CustomerBook;
use ledger::money::{Currency, Money};
use ledger::view::ageing::{Age, AgedCustomer, AgeingSums, aged_as_one};
use reports::sheet;
use std::process::ExitCode;

/// Prints what customers owe, order by order, by the days since each was due (or placed, where no day was agreed), and
/// what credit they hold beside it; credit is never taken off. A duplicate is shown with the customer that is kept. Without a day, as of the last day of the book.
#[derive(Args)]
pub struct Ageing {
    #[command(flatten)]
    book: BookArgs,
    /// At the end of this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Only the sums of each customer, not the orders
    #[arg(long)]
    summary: bool,
    /// Print comma-separated values, for spreadsheets: the sums of each customer
    #[arg(long)]
    csv: bool,
}

const HEADING: [&str; 12] = [
    "<Customer",
    "<Name",
    "<Order",
    "<Due",
    ">Days",
    ">Current",
    ">1-30",
    ">31-60",
    ">61-90",
    ">Over 90",
    ">Owed",
    ">Credit",
];

impl Ageing {
    /// Calculates and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let (shop, currency) = (reading.settings().clone(), reading.currency());
        let of_shop = reading.shop.posted_journal().iter().map(|row| row.day).max();
        let aged = |book: CustomerBook| match self.as_of {
            Some(day) => (book.last(), Some(book.ageing(&shop.seals, day)), None),
            None => (book.last(), None, Some(book)),
        };
        let found = reading.each(aged)?;
        let last = found.iter().filter_map(|(last, ..)| *last).chain(of_shop).max();
        let Some(day) = self.as_of.or(last) else { return Ok(ExitCode::SUCCESS) };
        let rows = found
            .into_iter()
            .filter_map(|(_, aged, book)| aged.or_else(|| Some(book?.ageing(&shop.seals, day))));
        let mut rows = aged_as_one(rows.collect(), &shop);
        rows.retain(|row| !row.sums.is_empty());
        if self.csv {
            return print_csv(&sheet::ageing(&rows, &currency));
        }
        let title = format_args!("{}: owed by age as of {day}, {}", shop.name, currency.code);
        table(&rows, self.summary, &currency).print(title)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn table(rows: &[AgedCustomer], summary: bool, currency: &Currency) -> Table {
    let mut table = Table::new(&HEADING);
    let mut total = AgeingSums::default();
    for row in rows {
        let orders = row.orders.iter().filter(|_| !summary);
        for order in orders {
            let named = order.no.clone().unwrap_or_else(|| order.order.to_string());
            let mut sums = AgeingSums::default();
            sums.put(order.age, order.owed);
            let about = [
                row.customer.to_string(),
                row.name.clone(),
                named,
                order.due.to_string(),
                order.days.to_string(),
            ];
            table.row(about.into_iter().chain(amounts(&sums, currency, false)));
        }
        let about = [row.customer.to_string(), row.name.clone(), "all".into(), String::new(), String::new()];
        table.row(about.into_iter().chain(amounts(&row.sums, currency, true)));
        total += &row.sums;
    }
    let about = ["Total".into(), String::new(), String::new(), String::new(), String::new()];
    table.row(about.into_iter().chain(amounts(&total, currency, true)));
    table
}

/// The amounts by age, their sum, and the credit, which is negative when more is to be repaid.
fn amounts(sums: &AgeingSums, currency: &Currency, whole: bool) -> Vec<String> {
    let or_blank = |amount: Money| if amount.is_zero() { String::new() } else { currency.format(amount) };
    let ages = Age::ALL.iter().zip(sums.owed).map(|(_, owed)| or_blank(owed));
    let credit = sums.credit - sums.to_repay;
    let last = if whole {
        [sums.total(), credit].map(|sum| currency.format(sum))
    } else {
        [or_blank(sums.total()), String::new()]
    };
    ages.chain(last).collect()
}
