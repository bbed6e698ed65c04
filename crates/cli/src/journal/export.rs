//! `counterfoil journal export`: the book for other programs.

use crate::export::{self, Format, Transaction};
use crate::reading::Asked;
use anyhow::Result;
use clap::Args;
use ledger::account::{CustomerBook, Posted};
use ledger::entry::Place;
use ledger::id::Id;
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Writes every entry with its postings, by date, for plain-text accounting programs or a spreadsheet. Account names
/// carry the code, then the party. A spreadsheet takes the CSV as it is: no text in it can become a formula.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    asked: Asked,
    /// For which program
    #[arg(long, value_enum)]
    format: Format,
}

impl Export {
    /// Reckons and writes.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.asked.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let mut all: Vec<Transaction> = reading.each(transactions)?.into_iter().flatten().collect();
        let places: HashMap<Id, Place> = {
            let records = reading.shop.records().iter();
            records.rev().map(|record| (record.entry.id.clone(), record.place.clone())).collect()
        };
        all.extend(reading.shop_posted.drain(..).filter_map(|posted| {
            let place = places.get(&posted.entry.id)?.clone();
            transaction(place, posted, String::new())
        }));
        all.sort_by(|one, other| (one.entry.on, &one.place).cmp(&(other.entry.on, &other.place)));
        let mut out = BufWriter::new(std::io::stdout().lock());
        export::write(&mut out, self.format, reading.settings(), &reading.currency(), &all)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn transactions(book: CustomerBook) -> Vec<Transaction> {
    let name = book.account().row().name;
    let places: HashMap<&Id, &Place> = book.records().map(|(place, _, entry)| (&entry.id, place)).collect();
    let of = |posted: &Posted| {
        let place = (*places.get(&posted.entry.id)?).clone();
        transaction(place, posted.clone(), name.clone())
    };
    book.posted().iter().filter_map(of).collect()
}

fn transaction(place: Place, posted: Posted, name: String) -> Option<Transaction> {
    (!posted.moved.is_empty()).then_some(Transaction {
        place,
        entry: posted.entry,
        moved: posted.moved,
        name,
    })
}
