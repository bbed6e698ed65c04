//! The records of the shop itself in order, and the shop that they fold to.

use crate::entry::Body;
use crate::entry::record::{Entry, Place, Record, Verdict};
use crate::id::Id;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::exception::Exception;
use crate::shop::Shop;
use std::collections::{BTreeMap, HashMap};

/// The records of the shop itself in order, and the shop that they fold to. The first entry with an id counts;
/// repetitions with the same content do nothing.
#[derive(Debug, Clone, Default)]
pub struct ShopBook {
    records: Vec<Record>,
    shop: Shop,
    /// The entry that counts, by id.
    ids: HashMap<Id, Entry>,
    /// What every entry that counts posted, by place.
    posted: BTreeMap<Place, Vec<Movement>>,
    /// Entries that do not count because an earlier entry has the same id and other content.
    clashes: Vec<Entry>,
}

impl ShopBook {
    /// Sorts the records and folds them. The caller passes the sums of accounts, and of [`ShopBook::all`], to
    /// [`ShopBook::add_to_sums`].
    #[must_use]
    pub fn new(records: Vec<Record>) -> Self {
        let mut book = Self { records, ..Self::default() };
        book.records.sort_by(|one, other| one.place.cmp(&other.place));
        book.records.dedup_by(|one, other| one.place == other.place);
        book.refold();
        book
    }

    /// The shop that the records fold to, with the sums that were added.
    #[must_use]
    pub const fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The records of the shop itself, in order.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Adds the changes of accounts, or of the records of the shop, to the sums.
    pub fn add_to_sums(&mut self, moved: &[Movement]) {
        self.shop.add_to_sums(moved);
    }

    /// Adds a record at its place in the order. Returns the change of the sums.
    pub fn add(&mut self, record: Record) -> Vec<Movement> {
        let written = |other: &Record| {
            let (one, other) = (&record.place, &other.place);
            (&one.device, one.chain, one.seq) == (&other.device, other.chain, other.seq)
        };
        if let Some(at) = self.records.iter().rposition(written) {
            if self.records.get(at) == Some(&record) {
                return Vec::new();
            }
            self.records.remove(at);
        }
        let at = self.records.partition_point(|earlier| earlier.place < record.place);
        if at == self.records.len()
            && record.verdict == Verdict::Ok
            && !matches!(record.entry.body, Body::EntryAdopted(_))
        {
            return self.append(record);
        }
        let before = self.all();
        self.records.insert(at, record);
        self.refold();
        difference(&before, &self.all())
    }

    fn append(&mut self, record: Record) -> Vec<Movement> {
        self.count(&record.place, &record);
        let moved = self.posted.get(&record.place).cloned().unwrap_or_default();
        self.records.push(record);
        moved
    }

    /// What every entry of the shop posted.
    #[must_use]
    pub fn all(&self) -> Vec<Movement> {
        self.posted.values().flatten().cloned().collect()
    }

    /// As [`ShopBook::all`], with the day on which each change counts: its own date, or the first day after the seals
    /// that it is late for.
    #[must_use]
    pub fn moved_as_sealed(&self) -> Vec<Movement> {
        let counted = |(place, moved): (&Place, &Vec<Movement>)| {
            let on = |line: &Movement| Movement { on: self.shop.counts_on(place, line.on), ..line.clone() };
            moved.iter().map(on).collect::<Vec<_>>()
        };
        self.posted.iter().flat_map(counted).collect()
    }

    /// The open exceptions: ids with two different contents, and late entries.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let clashes =
            self.clashes.iter().filter_map(|other| Some(Exception::clash(self.ids.get(&other.id)?, other)));
        let late = self.records.iter().filter_map(|record| {
            let moved = self.posted.get(&record.place).filter(|moved| !moved.is_empty())?;
            self.shop.lateness(&record.place, record.entry.on, &record.entry.id, moved)
        });
        clashes.chain(late).filter(|found| !self.shop.is_resolved(found.kind, &found.entry)).collect()
    }

    fn refold(&mut self) {
        let sums = std::mem::take(&mut self.shop.sums);
        *self = Self {
            shop: Shop { sums, ..Shop::default() },
            records: std::mem::take(&mut self.records),
            ..Self::default()
        };
        let records = std::mem::take(&mut self.records);
        for record in &records {
            if record.verdict == Verdict::Ok {
                self.count(&record.place, record);
                if let Some(refused) = adopted(&records, &record.entry.body) {
                    self.count(&record.place, refused);
                }
            }
        }
        self.records = records;
    }

    /// Folds a record at a place: its own, or that of the entry that adopts it.
    fn count(&mut self, at: &Place, record: &Record) {
        let entry = &record.entry;
        if let Some(first) = self.ids.get(&entry.id) {
            if !first.has_same_content(entry) {
                self.clashes.push(entry.clone());
            }
            return;
        }
        self.ids.insert(entry.id.clone(), entry.clone());
        let moved = self.shop.take(at, entry);
        self.posted.entry(record.place.clone()).or_default().extend(moved);
    }
}

/// The refused record that a body adopts.
fn adopted<'a>(records: &'a [Record], body: &Body) -> Option<&'a Record> {
    let Body::EntryAdopted(adopted) = body else { return None };
    records.iter().find(|record| {
        let place = &record.place;
        let named = (&place.device, place.chain, place.seq) == (&adopted.device, adopted.chain, adopted.seq);
        named && record.verdict == Verdict::Refused
    })
}

/// The sums of `after` less the sums of `before`, by account and day.
fn difference(before: &[Movement], after: &[Movement]) -> Vec<Movement> {
    let mut sums = BTreeMap::new();
    for (rows, sign) in [(before, -1), (after, 1)] {
        for row in rows {
            *sums.entry((row.account.clone(), row.on)).or_insert(0) += sign * row.amount.0;
        }
    }
    let changed = sums.into_iter().filter(|(_, amount)| *amount != 0);
    changed.map(|((account, on), amount)| Movement { account, on, amount: Money(amount) }).collect()
}
