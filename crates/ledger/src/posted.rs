//! The posted journal: what is posted, day by day, as the seals fixed it. Every report and export of a period reads it.
//!
//! The fold of an account does not look at seals. A record that a seal does not cover is in a later stage, whatever its
//! business date, and posts on the first day after that seal at the earliest. So the postings up to a sealed day never
//! change, and the closing balance of any period is the opening balance of the next. The row of a late record contains
//! all that the record changes, also what other entries post more or less because of it.

use crate::date::Date;
use crate::entry::record::{Entry, Place, Record};
use crate::exception::Kind;
use crate::fold::customer_book::CustomerBook;
use crate::fold::posted::{Posted, net_by_day};
use crate::fold::shop_book::ShopBook;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::exception::{Exception, resolve_manually};
use crate::shop::{Seals, Shop};
use std::borrow::Cow;
use std::sync::Arc;

/// What one record posts, on its day in the posted journal.
#[derive(Debug, Clone)]
pub struct PostedRow<'a> {
    /// The place of the record.
    pub place: Place,
    /// The entry; that of the adoption for an adopted entry.
    pub entry: Arc<Entry>,
    /// The number of the stage, from 0; see [`Seals::stage`].
    pub stage: usize,
    /// The day on which it counts: the business date, or the first day of the stage if that is later.
    pub day: Date,
    /// What the entry posts, and what other entries post more or less because of it. The movements have the business
    /// dates of their entries.
    pub parts: Cow<'a, [Posted]>,
}

impl PostedRow<'_> {
    /// Whether the entry is dated before the first day of its stage.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.day != self.entry.on
    }

    /// The key by which reports sort: day, stage, place.
    #[must_use]
    pub fn sort_key(&self) -> (Date, usize, &Place) {
        (self.day, self.stage, &self.place)
    }

    /// The net changes of book accounts, on the day of the row, in the order of first use.
    #[must_use]
    pub fn moved(&self) -> Vec<Movement> {
        net(&self.parts, self.day)
    }
}

/// The net changes of book accounts by a row, on the day of the row, in the order of first use.
#[must_use]
pub fn net(parts: &[Posted], day: Date) -> Vec<Movement> {
    let mut moved: Vec<Movement> = Vec::new();
    for line in parts.iter().flat_map(|part| &part.moved) {
        match moved.iter_mut().find(|other| other.account == line.account) {
            Some(other) => other.amount += line.amount,
            None => moved.push(Movement { on: day, ..line.clone() }),
        }
    }
    moved.retain(|line| !line.amount.is_zero());
    moved
}

/// The sums of rows by book account and posting day, without zero sums.
#[must_use]
pub fn totals(rows: &[PostedRow<'_>]) -> Vec<Movement> {
    let on_its_day = |row: &PostedRow<'_>| {
        let on = |part: &Posted| Posted {
            moved: part.moved.iter().map(|line| Movement { on: row.day, ..line.clone() }).collect(),
            ..part.clone()
        };
        row.parts.iter().map(on).collect::<Vec<_>>()
    };
    net_by_day(rows.iter().flat_map(on_its_day))
}

impl CustomerBook {
    /// The rows of the account in the posted journal, by stage, then by place. Without late records the rows are what
    /// the entries posted, and the cost is that of a walk over them; from the first late record on the account is
    /// folded again for each record that comes out of order.
    #[must_use]
    pub fn posted_journal(&self, seals: &Seals) -> Vec<PostedRow<'_>> {
        self.in_sequence(seals).unwrap_or_else(|| self.stage_by_stage(seals))
    }

    /// The rows if every entry posts at its own place and the stages follow each other in order: then each record
    /// adds exactly what its entry posted.
    fn in_sequence(&self, seals: &Seals) -> Option<Vec<PostedRow<'_>>> {
        let (mut rows, mut last) = (Vec::with_capacity(self.posted().len()), 0);
        let mut posted = self.posted().iter().peekable();
        for (place, _, entry) in self.records() {
            let stage = seals.stage(place);
            if stage < last {
                return None;
            }
            last = stage;
            if let Some(found) = posted.next_if(|posted| Arc::ptr_eq(&posted.entry, entry)) {
                let parts = Cow::Borrowed(std::slice::from_ref(found));
                rows.push(row(seals, place, entry, stage, parts));
            }
        }
        posted.next().is_none().then_some(rows)
    }

    /// Adds the records stage by stage; each row is what its record changes.
    fn stage_by_stage(&self, seals: &Seals) -> Vec<PostedRow<'_>> {
        let mut records: Vec<_> = self
            .records()
            .map(|(place, verdict, entry)| (seals.stage(place), place, verdict, entry))
            .collect();
        records.sort_by_key(|(stage, ..)| *stage);
        let mut book = Self::new(self.customer().clone(), Vec::new());
        let mut rows = Vec::with_capacity(records.len());
        for (stage, place, verdict, entry) in records {
            let parts = book.add_posted(place.clone(), verdict, entry.clone());
            if !parts.is_empty() {
                rows.push(row(seals, place, entry, stage, Cow::Owned(parts)));
            }
        }
        rows
    }

    /// Whether a record counts after the last business date of the account: it is late for a seal, or waits for another one.
    #[must_use]
    pub fn counts_later(&self, seals: &Seals) -> bool {
        let last = self.account().last;
        self.records().any(|(place, _, entry)| Some(seals.posting_day(place, entry.on)) > last)
    }

    /// The late entries of the account: entries that post something, are dated on or before a sealed day, and are not
    /// covered by its seal or an earlier one. Resolved ones are left out.
    #[must_use]
    pub fn late(&self, shop: &Shop) -> Vec<Exception> {
        let is_late =
            |(place, _, entry): (&Place, _, &Arc<Entry>)| shop.seals.late_for(place, entry.on).is_some();
        if shop.seals.is_empty() || !self.records().any(is_late) {
            return Vec::new();
        }
        let rows = self.posted_journal(&shop.seals);
        let late = rows.iter().filter_map(|row| late(&shop.seals, row));
        let resolved = &self.account().resolved;
        late.filter(|late| !resolved.contains(&(Kind::LateIntoSealedDay, late.entry.clone()))).collect()
    }
}

impl ShopBook {
    /// The rows of the shop's own entries, by stage, then by place. An entry of the shop posts the same whatever else
    /// is recorded; only of two entries with one id the first in order counts.
    #[must_use]
    pub fn posted_journal(&self) -> Vec<PostedRow<'static>> {
        let seals = &self.shop().seals;
        let mut records: Vec<(usize, &Record)> =
            self.records().iter().map(|record| (seals.stage(&record.place), record)).collect();
        records.sort_by_key(|(stage, _)| *stage);
        let mut book = Self::default();
        let mut rows = Vec::new();
        for (stage, record) in records {
            let parts = book.add_posted(record.clone());
            if parts.iter().any(|part| !part.moved.is_empty()) {
                let entry = Arc::new(record.entry.clone());
                rows.push(row(seals, &record.place, &entry, stage, Cow::Owned(parts)));
            }
        }
        rows
    }

    /// The late entries of the shop; see [`CustomerBook::late`].
    pub(crate) fn late(&self) -> Vec<Exception> {
        let seals = &self.shop().seals;
        let is_late = |record: &Record| seals.late_for(&record.place, record.entry.on).is_some();
        if !self.records().iter().any(is_late) {
            return Vec::new();
        }
        self.posted_journal().iter().filter_map(|row| late(seals, row)).collect()
    }
}

fn row<'a>(
    seals: &Seals,
    place: &Place,
    entry: &Arc<Entry>,
    stage: usize,
    parts: Cow<'a, [Posted]>,
) -> PostedRow<'a> {
    let day = seals.opens(stage).map_or(entry.on, |opens| entry.on.max(opens));
    PostedRow { place: place.clone(), entry: entry.clone(), stage, day, parts }
}

/// The exception of a late row, with the sum of its debits.
fn late(seals: &Seals, row: &PostedRow<'_>) -> Option<Exception> {
    let seal = seals.late_for(&row.place, row.entry.on)?;
    let moved = row.moved();
    (!moved.is_empty()).then(|| Exception {
        kind: Kind::LateIntoSealedDay,
        entry: row.entry.id.clone(),
        other: Some(seal.entry.clone()),
        about: None,
        missing: moved.iter().map(|line| line.amount.or_zero()).sum::<Money>(),
        stays: true,
        remedy: resolve_manually(Kind::LateIntoSealedDay, &row.entry.id),
    })
}
