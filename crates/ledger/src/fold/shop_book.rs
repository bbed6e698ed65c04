//! The records of the shop itself in order, and the shop that they fold to.

use crate::entry::Body;
use crate::entry::entry_adopted::Adopted;
use crate::entry::record::{Entry, Place, Record, Verdict};
use crate::exception::Kind;
use crate::fold::posted::{Posted, net_by_day};
use crate::id::Id;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::Act;
use crate::rules::exception::{Exception, resolve_manually};
use crate::rules::fold_shop;
use crate::shop::{NotEntitled, Shop};
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
    /// The records that count and decide who has which right, with their places, in order.
    rights: Vec<(Place, Entry)>,
    /// Whether one of the records opens the shop.
    is_opened: bool,
    /// Adoptions of lines that were not found before them.
    adoptions: Vec<Adopted>,
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
            && !matches!(record.entry.body, Body::EntryAdopted(_) | Body::ShopOpened(_))
        {
            return self.append(record).into_iter().collect();
        }
        let before = self.posted.clone();
        self.records.insert(at, record);
        self.refold();
        differences(&before, &self.posted)
    }

    fn append(&mut self, record: Record) -> Option<Posted> {
        self.take(&record);
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
            .chain(self.not_entitled())
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

    /// Entries to which their actors had no right; they post nothing.
    fn not_entitled(&self) -> impl Iterator<Item = Exception> {
        self.shop.not_entitled.iter().map(|(entry, found)| Exception {
            kind: Kind::NotEntitled,
            entry: entry.clone(),
            other: None,
            about: None,
            missing: Money::ZERO,
            stays: true,
            remedy: Act::Adopt(found.line.clone()),
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
        let opens = |record: &Record| matches!(record.entry.body, Body::ShopOpened(_));
        self.is_opened = records.iter().any(|record| record.verdict == Verdict::Ok && opens(record));
        for record in &records {
            if record.verdict == Verdict::Ok && self.take(record) {
                self.adopt(&records, record);
            }
        }
        self.records = records;
    }

    /// Folds a record whose actor had the right to it, or that was adopted before; notes any other. Returns whether it was
    /// folded.
    fn take(&mut self, record: &Record) -> bool {
        if self.entitles(record) || self.was_adopted(&record.place) {
            self.count(&record.place, record);
            return true;
        }
        let Entry { id, actor, body, .. } = &record.entry;
        let line = Adopted::of(&record.place);
        let found = NotEntitled { actor: actor.clone(), kind: body.kind().into(), line };
        self.shop.not_entitled.entry(id.clone()).or_insert(found);
        false
    }

    /// Whether an adoption before it names the line with this place. One without a hash names one line.
    fn was_adopted(&mut self, place: &Place) -> bool {
        let Some(at) = self.adoptions.iter().position(|adopted| adopted.names_line(place)) else {
            return false;
        };
        let by_place = self.adoptions.get(at).is_some_and(|adopted| adopted.hash.is_empty());
        if by_place {
            self.adoptions.remove(at);
        }
        true
    }

    /// Folds the record that an adoption names, if it does not count by itself.
    fn adopt(&mut self, records: &[Record], by: &Record) {
        let Body::EntryAdopted(adopted) = &by.entry.body else { return };
        let named = records.iter().find(|record| adopted.names_line(&record.place));
        let Some(named) = named.filter(|named| named.verdict == Verdict::Refused || named.place < by.place)
        else {
            self.adoptions.push(adopted.clone());
            return;
        };
        let names_it = |found: &NotEntitled| found.line.names_line(&named.place);
        let was_noted = self.shop.not_entitled.get(&named.entry.id).is_some_and(names_it);
        if was_noted {
            self.shop.not_entitled.shift_remove(&named.entry.id);
        }
        if was_noted || named.verdict == Verdict::Refused {
            self.count(&by.place, named);
        }
    }

    /// Whether the actor of a record had the right to it. Entries before the shop's opening do not count; in a book without
    /// an opening they all do. A seal counts by the rights in what it covers, so that a change of rights that arrives later does not change it.
    fn entitles(&self, record: &Record) -> bool {
        let entry = &record.entry;
        if !entry.body.needs_right() {
            return true;
        }
        let opens = |body: &Body| matches!(body, Body::ShopOpened(_));
        if self.shop.owner.is_none() && !opens(&entry.body) {
            return !self.is_opened;
        }
        let Body::DaySealed(sealed) = &entry.body else { return self.shop.entitles(entry) };
        let covers = |place: &Place| sealed.covers.iter().any(|part| part.has(place));
        if self.rights.iter().all(|(place, _)| covers(place)) {
            return self.shop.entitles(entry);
        }
        let mut shop = Shop::default();
        for (place, entry) in self.rights.iter().filter(|(place, _)| covers(place)) {
            fold_shop(&mut shop, place, entry);
        }
        // In a seal that does not cover the opening, nobody has a right.
        shop.owner.is_some() && shop.entitles(entry)
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
        if decides_rights(&entry.body) {
            self.rights.push((at.clone(), entry.clone()));
        }
        let posted = Posted::of(&Arc::new(entry.clone()), fold_shop(&mut self.shop, at, entry));
        self.posted.insert(record.place.clone(), posted);
    }
}

/// Whether an entry decides who has which right.
fn decides_rights(body: &Body) -> bool {
    let is_of_person = matches!(body, Body::StaffAdded(_) | Body::StaffChanged(_) | Body::RightGranted(_));
    is_of_person || matches!(body, Body::ShopOpened(_))
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
