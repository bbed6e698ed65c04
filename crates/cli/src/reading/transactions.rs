//! All entries with postings, as the posted journal has them, for exports and the day book.

use super::Reading;
use anyhow::Result;
use ledger::date::Date;
use ledger::entry::{Body, Entry, Place};
use ledger::fold::CustomerBook;
use ledger::posted::PostedRow;
use ledger::posting::Movement;
use ledger::shop::Seals;
use ledger::view::span::Span;
use std::sync::Arc;

/// An entry with postings.
pub struct Transaction {
    /// The day in the posted journal; later than the date of the entry if the entry is late for a seal.
    pub day: Date,
    pub entry: Arc<Entry>,
    pub moved: Vec<Movement>,
    /// The customer's name; empty for entries of the shop, and where the stage of the row does not have it yet.
    pub name: Arc<str>,
    stage: usize,
    place: Place,
}

impl Transaction {
    /// The business date, if the entry is late for a seal.
    pub fn late_from(&self) -> Option<Date> {
        (self.day != self.entry.on).then_some(self.entry.on)
    }

    fn of(row: &PostedRow<'_>, name: Arc<str>) -> Option<Self> {
        let (moved, entry, place) = (row.moved(), row.entry.clone(), row.place.clone());
        (!moved.is_empty()).then_some(Self { day: row.day, entry, moved, name, stage: row.stage, place })
    }
}

impl Reading {
    /// All transactions of a span, by day, stage and place.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn transactions(&mut self, span: Span) -> Result<Vec<Transaction>> {
        let seals = self.settings().seals.clone();
        let of_accounts = self.each(|book| of_account(&book, &seals, span))?;
        let mut all: Vec<Transaction> = of_accounts.into_iter().flatten().collect();
        let of_shop = self.shop.posted_journal();
        let of_shop = of_shop.iter().filter(|row| span.holds(row.day));
        all.extend(of_shop.filter_map(|row| Transaction::of(row, Arc::default())));
        all.sort_by(|one, other| {
            (one.day, one.stage, &one.place).cmp(&(other.day, other.stage, &other.place))
        });
        Ok(all)
    }
}

fn of_account(book: &CustomerBook, seals: &Seals, span: Span) -> Vec<Transaction> {
    let names = names(book, seals);
    let name_at = |stage| {
        let known = names.iter().rev().find(|(since, _)| *since <= stage);
        known.map_or_else(Arc::default, |(_, name)| name.clone())
    };
    let rows = book.posted_journal(seals);
    let in_span = rows.iter().filter(|row| span.holds(row.day));
    in_span.filter_map(|row| Transaction::of(row, name_at(row.stage))).collect()
}

/// The names of the customer, in order, each with the stage that first has it. A row must not say what its stage did not
/// know: otherwise an export up to a sealed day would change when a counter that was offline sends its entries.
fn names(book: &CustomerBook, seals: &Seals) -> Vec<(usize, Arc<str>)> {
    let mut added = false;
    let name = |(place, _, entry): (&Place, _, &Arc<Entry>)| {
        let stage = seals.stage(place);
        if let Body::CustomerChanged(changed) = &entry.body {
            return Some((stage, changed.name.as_deref()?.into()));
        }
        let Body::CustomerAdded(customer) = &entry.body else { return None };
        // The first entry that adds the customer counts.
        let is_first = !std::mem::replace(&mut added, true);
        is_first.then(|| (stage, customer.name.as_str().into()))
    };
    book.records().filter_map(name).collect()
}
