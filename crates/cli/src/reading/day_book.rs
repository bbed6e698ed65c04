//! Reads a day book: records it in memory.

use super::rows::{RowSource, Rows};
use super::{BadLine, BookArgs, OpenError, Reading};
use crate::daybook::read::read as read_file;
use anyhow::Result;
use daybook::ast::{DayBook, Statement};
use indexmap::IndexMap;
use ledger::date::Date;
use ledger::entry::Record;
use ledger::id::Id;
use std::collections::BTreeMap;

/// Records a day book and returns the book of its last counter.
pub fn read(args: &BookArgs) -> Result<Result<Reading, OpenError>> {
    let daybook = match read_file(&args.book)? {
        Ok(daybook) => daybook,
        Err(malformed) => {
            let message = format!(
                "column {}: expected {}, found {}",
                malformed.column, malformed.expected, malformed.found
            );
            return Ok(Err(OpenError::BadLines(vec![BadLine { line: malformed.line.into(), message }])));
        }
    };
    let book = match daybook::run::run(&daybook) {
        Ok(book) => book,
        Err(failure) => {
            let refused = BadLine { line: failure.line.into(), message: failure.found };
            return Ok(Err(OpenError::Refused(refused)));
        }
    };
    let days = Days::of(&daybook);
    let is_known = |record: &Record| args.known_on.is_none_or(|day| days.at(record.place.order.0) <= day);
    let records: Vec<Record> = book.records().filter(is_known).collect();
    let entries = records.len() as u64;
    let (of_shop, customers) = by_customer(records);
    let reading = Reading::new(&args.book, of_shop, customers, RowSource::decoded());
    Ok(reading.map(|reading| Reading { entries, ..reading }))
}

fn by_customer(records: Vec<Record>) -> (Vec<Record>, Vec<(Id, Rows)>) {
    let (mut of_shop, mut customers) = (Vec::new(), IndexMap::<Id, Vec<Record>>::new());
    for record in records {
        match &record.entry.customer {
            Some(customer) => customers.entry(customer.clone()).or_default().push(record),
            None => of_shop.push(record),
        }
    }
    let customers = customers.into_iter().map(|(id, records)| (id, Rows::Decoded(records)));
    (of_shop, customers.collect())
}

/// The days on which entries were written, by clock. The clock of an entry is its line number; the day is the latest date
/// up to that line.
struct Days(BTreeMap<u64, Date>);

impl Days {
    fn of(daybook: &DayBook) -> Self {
        let mut days = BTreeMap::new();
        let mut today: Option<Date> = None;
        for line in &daybook.lines {
            if let Statement::Date(date) = line.statement
                && today.is_none_or(|today| today < date)
            {
                today = Some(date);
                days.insert(u64::from(line.number), date);
            }
        }
        Self(days)
    }

    fn at(&self, line: u64) -> Date {
        let first = Date(jiff::civil::Date::constant(2026, 1, 1));
        self.0.range(..=line).next_back().map_or(first, |(_, date)| *date)
    }
}
