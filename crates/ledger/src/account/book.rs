//! One customer's records in order, and what they fold to.

use super::Account;
use super::map::Fold8;
use super::waiting::{Step, fold};
use crate::body::Body;
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::{Entry, Place, Record, Verdict};
use crate::id::Id;
use crate::money::Money;
use crate::posting::Moved;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

/// One customer's records in order, and what they fold to.
#[derive(Debug, Clone)]
pub struct CustomerBook {
    customer: Id,
    records: Vec<Held>,
    /// Where each record stands, by who wrote it: the same record may come again with another place or verdict.
    places: HashMap<(Id, u32, u64), Place, BuildHasherDefault<Fold8>>,
    account: Account,
    /// What every entry posted, in the sequence in which they were folded.
    posted: Vec<Posted>,
}

#[derive(Debug, Clone)]
struct Held {
    place: Place,
    verdict: Verdict,
    entry: Arc<Entry>,
}

/// An entry and its net lines.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Posted {
    pub entry: Arc<Entry>,
    pub moved: Vec<Moved>,
}

impl CustomerBook {
    /// Sorts and folds.
    #[must_use]
    pub fn new(customer: Id, records: Vec<Record>) -> Self {
        let mut book = Self {
            customer,
            records: Vec::with_capacity(records.len()),
            places: HashMap::with_capacity_and_hasher(records.len(), BuildHasherDefault::default()),
            account: Account::default(),
            posted: Vec::new(),
        };
        let mut held: Vec<_> = records.into_iter().map(Held::from).collect();
        held.sort_by(|one, other| one.place.cmp(&other.place));
        for record in held {
            if book.places.insert(written_as(&record.place), record.place.clone()).is_none() {
                book.records.push(record);
            }
        }
        book.refold();
        book
    }

    /// Whose records they are.
    #[must_use]
    pub const fn customer(&self) -> &Id {
        &self.customer
    }

    /// What they fold to.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// What every entry that counts posted, in the sequence in which they were folded.
    #[must_use]
    pub fn posted(&self) -> &[Posted] {
        &self.posted
    }

    /// The records in order: place and entry.
    pub fn records(&self) -> impl Iterator<Item = (&Place, Verdict, &Arc<Entry>)> {
        self.records.iter().map(|held| (&held.place, held.verdict, &held.entry))
    }

    /// Takes one more record, wherever it belongs in the order; total. Returns what changed in the sums:
    /// the difference between the fold without it and the fold with it. At the end that costs what the entry
    /// costs; anywhere else the account is folded again.
    pub fn add(&mut self, record: Record) -> Vec<Moved> {
        let record = Held::from(record);
        let written = written_as(&record.place);
        if let Some(place) = self.places.get(&written) {
            return if self.is_same(place, &record) { Vec::new() } else { self.replace(record) };
        }
        self.places.insert(written, record.place.clone());
        if self.belongs_at_the_end(&record) { self.append(record) } else { self.insert(record) }
    }

    /// Every posting's sum by account and day, for rebuilding totals.
    #[must_use]
    pub fn moved(&self) -> Vec<Moved> {
        rows(sums(&self.posted))
    }

    /// The day up to which anything is dated.
    #[must_use]
    pub const fn last(&self) -> Option<Date> {
        self.account.last
    }

    fn is_same(&self, place: &Place, record: &Held) -> bool {
        let verdict = self.at(place).ok().and_then(|at| self.records.get(at)).map(|held| held.verdict);
        *place == record.place && verdict == Some(record.verdict)
    }

    fn at(&self, place: &Place) -> Result<usize, usize> {
        self.records.binary_search_by(|held| held.place.cmp(place))
    }

    fn belongs_at_the_end(&self, record: &Held) -> bool {
        let last = self.records.last().is_none_or(|last| last.place < record.place);
        let awaited = self.account.awaited.contains(&record.entry.id);
        last && !awaited
            && record.verdict == Verdict::Ok
            && !matches!(record.entry.body, Body::EntryAdopted(_))
    }

    fn append(&mut self, record: Held) -> Vec<Moved> {
        let entry = record.entry.clone();
        self.records.push(record);
        let moved = self.account.apply(&entry);
        self.posted.push(Posted { entry, moved: moved.clone() });
        moved
    }

    fn insert(&mut self, record: Held) -> Vec<Moved> {
        let at = self.at(&record.place).unwrap_or_else(|at| at);
        self.records.insert(at, record);
        self.refold_and_compare()
    }

    /// The same record with another place or verdict: an endpoint has spoken.
    fn replace(&mut self, record: Held) -> Vec<Moved> {
        let written = written_as(&record.place);
        if let Some(old) = self.places.insert(written, record.place.clone())
            && let Ok(at) = self.at(&old)
        {
            self.records.remove(at);
        }
        self.insert(record)
    }

    fn refold_and_compare(&mut self) -> Vec<Moved> {
        let mut difference = sums(&self.posted);
        difference.values_mut().for_each(|sum| *sum = -*sum);
        self.refold();
        for (key, sum) in sums(&self.posted) {
            *difference.entry(key).or_default() += sum;
        }
        rows(difference)
    }

    fn refold(&mut self) {
        self.account = Account::default();
        let steps = self.steps();
        let mut posted = Vec::with_capacity(steps.len());
        fold(&mut self.account, &steps, |entry, lines| {
            posted.push(Posted { entry: entry.clone(), moved: lines.dated(entry.on).collect() });
        });
        self.posted = posted;
        self.account.records = self.records.len() as u64;
    }

    /// A refused record keeps its id where it stands, and counts where an entry adopts it.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::with_capacity(self.records.len());
        for held in &self.records {
            match held.verdict {
                Verdict::Refused => steps.push(Step::Refuse(held.entry.clone())),
                Verdict::Ok => {
                    steps.push(Step::Take(held.entry.clone()));
                    steps.extend(self.adopted(&held.entry).map(Step::Take));
                }
            }
        }
        steps
    }

    fn adopted(&self, by: &Entry) -> Option<Arc<Entry>> {
        let Body::EntryAdopted(adopted) = &by.body else { return None };
        let place = self.places.get(&(adopted.device.clone(), adopted.chain, adopted.seq))?;
        let held = self.records.get(self.at(place).ok()?)?;
        (held.verdict == Verdict::Refused).then(|| held.entry.clone())
    }
}

impl From<Record> for Held {
    fn from(record: Record) -> Self {
        Self { place: record.place, verdict: record.verdict, entry: Arc::new(record.entry) }
    }
}

fn written_as(place: &Place) -> (Id, u32, u64) {
    (place.device.clone(), place.chain, place.seq)
}

pub(super) type Sums = BTreeMap<(BookAccount, Date), Money>;

pub(super) fn sums(posted: &[Posted]) -> Sums {
    let mut sums = Sums::new();
    for moved in posted.iter().flat_map(|posted| &posted.moved) {
        *sums.entry((moved.account.clone(), moved.on)).or_default() += moved.amount;
    }
    sums
}

pub(super) fn rows(sums: Sums) -> Vec<Moved> {
    let moved = sums.into_iter().filter(|(_, amount)| !amount.is_zero());
    moved.map(|((account, on), amount)| Moved { account, on, amount }).collect()
}
