//! The shop's own records in order, and what they fold to.

use crate::entry::Body;
use crate::entry::record::{Entry, Place, Record, Verdict};
use crate::id::Id;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::exception::Exception;
use crate::shop::Shop;
use std::collections::{BTreeMap, HashMap};

/// The shop's own records in order, and what they fold to. The first entry of an id counts; the same again is
/// once.
#[derive(Debug, Clone, Default)]
pub struct ShopBook {
    records: Vec<Record>,
    shop: Shop,
    /// The entry of an id that counts.
    ids: HashMap<Id, Entry>,
    /// What every entry that counts posted.
    posted: BTreeMap<Place, Vec<Movement>>,
    /// Entries that do not count because an earlier one has their id and says something else.
    clashes: Vec<Entry>,
}

impl ShopBook {
    /// Sorts and folds. Sums of accounts still have to be given to [`ShopBook::add_to_sums`].
    #[must_use]
    pub fn new(records: Vec<Record>) -> Self {
        let mut book = Self { records, ..Self::default() };
        book.records.sort_by(|one, other| one.place.cmp(&other.place));
        book.records.dedup_by(|one, other| one.place == other.place);
        book.refold();
        book
    }

    /// What they fold to, with the sums it was given.
    #[must_use]
    pub const fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The shop's own records, in order.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Adds what accounts or the shop's own records contributed to the sums.
    pub fn add_to_sums(&mut self, moved: &[Movement]) {
        self.shop.add_to_sums(moved);
    }

    /// Takes one more record, wherever it belongs. Returns what changed in the sums.
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

    /// What every entry of the shop posted, by account and day.
    #[must_use]
    pub fn all(&self) -> Vec<Movement> {
        self.posted.values().flatten().cloned().collect()
    }

    /// The same, with the day on which each counts: its own, or the first after the seals that it came too late for.
    #[must_use]
    pub fn moved_as_sealed(&self) -> Vec<Movement> {
        let counted = |(place, moved): (&Place, &Vec<Movement>)| {
            let on = |line: &Movement| Movement { on: self.shop.counts_on(place, line.on), ..line.clone() };
            moved.iter().map(on).collect::<Vec<_>>()
        };
        self.posted.iter().flat_map(counted).collect()
    }

    /// Open exceptions: ids taken twice, and entries too late for a seal.
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

    /// Folds a record at a place: its own, or that of the entry which adopts it.
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

/// The rows of one list less those of the other.
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
