//! The records of the shop itself in order, and the shop that they fold to.

use crate::entry::Body;
use crate::entry::record::{Entry, Place, Record, Verdict};
use crate::exception::Kind;
use crate::fold::posted::{Posted, net_by_day};
use crate::id::Id;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::exception::{Exception, resolve_manually};
use crate::rules::fold_shop;
use crate::shop::Shop;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The records of the shop itself in order, and the shop that they fold to. The first entry with an id counts;
/// repetitions with the same content do nothing.
#[derive(Debug, Clone, Default)]
pub struct ShopBook {
    records: Vec<Record>,
    shop: Shop,
    /// The entry that counts, by id.
    ids: HashMap<Id, Entry>,
    /// What every entry that counts posted, by the place of its record.
    posted: BTreeMap<Place, Posted>,
    /// Entries that do not count because an earlier entry has the same id and other content.
    clashes: Vec<Entry>,
}

impl ShopBook {
    /// Sorts the records and folds them. The caller passes the changes of the sums, by accounts and by the shop's own
    /// entries, to [`ShopBook::add_to_sums`].
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
        net_by_day(self.add_posted(record))
    }

    /// As [`ShopBook::add`]; returns what each entry now posts more, or less.
    pub(crate) fn add_posted(&mut self, record: Record) -> Vec<Posted> {
        if let Some(at) = self.records.iter().rposition(|other| other.place.is_same_line(&record.place)) {
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
            return self.append(record).into_iter().collect();
        }
        let before = self.posted.clone();
        self.records.insert(at, record);
        self.refold();
        differences(&before, &self.posted)
    }

    fn append(&mut self, record: Record) -> Option<Posted> {
        self.count(&record.place, &record);
        let posted = self.posted.get(&record.place).cloned();
        self.records.push(record);
        posted
    }

    /// What the shop's entries that count posted, in order.
    pub fn posted(&self) -> impl Iterator<Item = &Posted> {
        self.posted.values()
    }

    /// The open exceptions: ids with two different contents, late entries, and seals that do not count.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let clashes =
            self.clashes.iter().filter_map(|other| Some(Exception::clash(self.ids.get(&other.id)?, other)));
        clashes
            .chain(self.late())
            .chain(self.void_seals())
            .chain(self.reversed_twice())
            .filter(|found| !self.shop.is_resolved(found.kind, &found.entry))
            .collect()
    }

    fn void_seals(&self) -> impl Iterator<Item = Exception> {
        let seals = &self.shop.seals;
        seals.void().map(|void| {
            let counts = seals.counting().find(|seal| seal.day >= void.day).or_else(|| seals.last());
            Exception {
                kind: Kind::SealVoid,
                entry: void.entry.clone(),
                other: counts.map(|seal| seal.entry.clone()),
                about: None,
                missing: Money::ZERO,
                stays: true,
                remedy: resolve_manually(Kind::SealVoid, &void.entry),
            }
        })
    }

    /// Second reversals of one payment to a partner; they post nothing.
    fn reversed_twice(&self) -> impl Iterator<Item = Exception> {
        self.shop.reversed_payments.iter().flat_map(|(payment, reversals)| {
            let first = reversals.first();
            reversals.iter().skip(1).map(move |second| Exception {
                kind: Kind::CompletedTwice,
                entry: second.clone(),
                other: first.cloned(),
                about: Some(payment.clone()),
                missing: Money::ZERO,
                stays: true,
                remedy: resolve_manually(Kind::CompletedTwice, second),
            })
        })
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
        self.shop.latest = self.shop.latest.max(at.order);
        let posted = Posted::of(&Arc::new(entry.clone()), fold_shop(&mut self.shop, at, entry));
        self.posted.insert(record.place.clone(), posted);
    }
}

/// The refused record that a body adopts.
fn adopted<'a>(records: &'a [Record], body: &Body) -> Option<&'a Record> {
    let Body::EntryAdopted(adopted) = body else { return None };
    records.iter().find(|record| adopted.names_line(&record.place) && record.verdict == Verdict::Refused)
}

/// How what each entry posted differs between two folds: `after` less `before`, by place.
fn differences(before: &BTreeMap<Place, Posted>, after: &BTreeMap<Place, Posted>) -> Vec<Posted> {
    let now = after.iter().filter_map(|(place, now)| match before.get(place) {
        Some(was) => now.less(was),
        None => Some(now.clone()),
    });
    let gone = before.iter().filter(|(place, _)| !after.contains_key(place));
    now.chain(gone.map(|(_, was)| was.negated())).collect()
}
