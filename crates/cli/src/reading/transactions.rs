//! All entries with postings, by date, for exports and the day book.

use super::Reading;
use anyhow::Result;
use ledger::entry::{Entry, Place};
use ledger::fold::{CustomerBook, Posted};
use ledger::id::Id;
use ledger::posting::Movement;
use ledger::view::span::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// An entry with postings.
pub struct Transaction {
    pub place: Place,
    pub entry: Arc<Entry>,
    pub moved: Vec<Movement>,
    /// The customer's name; empty for entries of the shop.
    pub name: String,
}

impl Reading {
    /// All transactions of a span, by date and place.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn transactions(&mut self, span: Span) -> Result<Vec<Transaction>> {
        let of_accounts = self.each(|book| of_account(&book, span))?;
        let mut all: Vec<Transaction> = of_accounts.into_iter().flatten().collect();
        let records = self.shop.records().iter();
        let places: HashMap<&Id, &Place> =
            records.rev().map(|record| (&record.entry.id, &record.place)).collect();
        let of_shop = self.shop_posted.iter().filter(|posted| span.holds(posted.entry.on));
        all.extend(of_shop.filter_map(|posted| {
            transaction((*places.get(&posted.entry.id)?).clone(), posted, String::new())
        }));
        all.sort_by(|one, other| (one.entry.on, &one.place).cmp(&(other.entry.on, &other.place)));
        Ok(all)
    }
}

fn of_account(book: &CustomerBook, span: Span) -> Vec<Transaction> {
    let name = book.account().row().name;
    let places: HashMap<&Id, &Place> = book.records().map(|(place, _, entry)| (&entry.id, place)).collect();
    let in_span = book.posted().iter().filter(|posted| span.holds(posted.entry.on));
    let of = |posted: &Posted| transaction((*places.get(&posted.entry.id)?).clone(), posted, name.clone());
    in_span.filter_map(of).collect()
}

fn transaction(place: Place, posted: &Posted, name: String) -> Option<Transaction> {
    let (entry, moved) = (posted.entry.clone(), posted.moved.clone());
    (!moved.is_empty()).then_some(Transaction { place, entry, moved, name })
}
