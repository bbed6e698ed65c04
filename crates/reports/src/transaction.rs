//! All entries with postings, as the posted journal has them, for exports and the day book.

use ledger::date::Date;
use ledger::entry::{Body, Entry, Place};
use ledger::fold::{CustomerBook, ShopBook};
use ledger::money::Money;
use ledger::posted::PostedRow;
use ledger::posting::Movement;
use ledger::shop::Seals;
use ledger::view::span::Span;
use std::sync::Arc;

/// An entry with postings. Amounts are in minor units.
#[derive(Debug, Clone)]
pub struct Transaction {
    /// The day in the posted journal; later than the date of the entry if the entry is late for a seal.
    pub day: Date,
    /// The entry.
    pub entry: Arc<Entry>,
    /// The net changes of book accounts, in the order of first use; they add up to zero.
    pub moved: Vec<Movement>,
    /// The customer's name; empty for entries of the shop, and where the stage of the row does not have it yet.
    pub name: Arc<str>,
    stage: usize,
    place: Place,
}

impl Transaction {
    /// The business date, if the entry is late for a seal.
    #[must_use]
    pub fn late_from(&self) -> Option<Date> {
        (self.day != self.entry.on).then_some(self.entry.on)
    }

    /// The transactions of an account in a span, by stage and place.
    #[must_use]
    pub fn of_account(book: &CustomerBook, seals: &Seals, span: Span) -> Vec<Self> {
        let names = names(book, seals);
        let name_at = |stage| {
            let known = names.iter().rev().find(|(since, _)| *since <= stage);
            known.map_or_else(Arc::default, |(_, name)| name.clone())
        };
        let rows = book.posted_journal(seals);
        let in_span = rows.iter().filter(|row| span.holds(row.day));
        in_span.filter_map(|row| Self::of(row, name_at(row.stage))).collect()
    }

    /// The transactions of the shop's own entries in a span.
    #[must_use]
    pub fn of_shop(book: &ShopBook, span: Span) -> Vec<Self> {
        let rows = book.posted_journal();
        let in_span = rows.iter().filter(|row| span.holds(row.day));
        in_span.filter_map(|row| Self::of(row, Arc::default())).collect()
    }

    /// The key by which transactions are sorted.
    #[must_use]
    pub fn sequence(&self) -> (Date, usize, &Place) {
        (self.day, self.stage, &self.place)
    }

    /// The sum of its debits, which is that of its credits.
    #[must_use]
    pub fn turnover(&self) -> Money {
        self.moved.iter().map(|line| line.amount.or_zero()).sum()
    }

    fn of(row: &PostedRow<'_>, name: Arc<str>) -> Option<Self> {
        let (moved, entry, place) = (row.moved(), row.entry.clone(), row.place.clone());
        (!moved.is_empty()).then_some(Self { day: row.day, entry, moved, name, stage: row.stage, place })
    }
}

/// Sorts transactions of several accounts and of the shop as the posted journal has them: by day, stage and place.
pub fn sort(all: &mut [Transaction]) {
    all.sort_by(|one, other| one.sequence().cmp(&other.sequence()));
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
