//! The records of one customer in order, and the account that they fold to.

use crate::account::cow_map::CowVec;
use crate::account::state::Account;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::record::{Entry, Place, Record, Verdict};
use crate::fold::known_places::KnownRecords;
use crate::fold::posted::{Posted, changed_range, differences, net_by_day};
use crate::fold::sequence;
use crate::fold::waiting::{FoldStep, fold, reserve_capacity};
use crate::id::Id;
use crate::posting::Movement;
use std::sync::Arc;

/// The records of one customer in order, and the account that they fold to.
#[derive(Debug, Clone)]
pub struct CustomerBook {
    customer: Id,
    records: CowVec<SharedRecord>,
    known: KnownRecords,
    account: Account,
    /// What every entry posted, in folding order.
    posted: CowVec<Posted>,
}

#[derive(Debug, Clone)]
struct SharedRecord {
    place: Place,
    verdict: Verdict,
    entry: Arc<Entry>,
}

impl CustomerBook {
    /// Sorts the records and folds them.
    #[must_use]
    pub fn new(customer: Id, records: Vec<Record>) -> Self {
        Self::of(customer, records.into_iter().map(SharedRecord::from).collect())
    }

    /// As [`CustomerBook::new`], for entries that are shared with other owners.
    #[must_use]
    pub fn new_shared(customer: Id, records: impl IntoIterator<Item = (Place, Verdict, Arc<Entry>)>) -> Self {
        let shared = |(place, verdict, entry)| SharedRecord { place, verdict, entry };
        Self::of(customer, records.into_iter().map(shared).collect())
    }

    fn of(customer: Id, mut records: Vec<SharedRecord>) -> Self {
        records.sort_by(|one, other| one.place.cmp(&other.place));
        let mut known = KnownRecords::default();
        known.register_all(&mut records, |stored| &stored.place);
        let (records, posted) = (CowVec::from(records), CowVec::default());
        let mut book = Self { customer, records, known, account: Account::default(), posted };
        book.refold();
        book
    }

    /// The customer whose records these are.
    #[must_use]
    pub const fn customer(&self) -> &Id {
        &self.customer
    }

    /// The account that the records fold to.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// What every entry that counts posted, in folding order.
    #[must_use]
    pub const fn posted(&self) -> &CowVec<Posted> {
        &self.posted
    }

    /// The records in order: place, verdict and entry.
    pub fn records(&self) -> impl Iterator<Item = (&Place, Verdict, &Arc<Entry>)> {
        self.records.iter().map(|stored| (&stored.place, stored.verdict, &stored.entry))
    }

    /// Adds a record at its place in the order. Returns the change of the sums: the fold with the record less the
    /// fold without it. A record at the end costs as much as its entry; anywhere else the account is folded again. A
    /// record that is already here changes nothing. Never fails.
    pub fn add(&mut self, record: Record) -> Vec<Movement> {
        net_by_day(self.add_record(SharedRecord::from(record)))
    }

    /// As [`CustomerBook::add`], for an entry that is shared with other owners.
    pub fn add_shared(&mut self, place: Place, verdict: Verdict, entry: Arc<Entry>) -> Vec<Movement> {
        net_by_day(self.add_posted(place, verdict, entry))
    }

    /// As [`CustomerBook::add`]; returns what each entry now posts more, or less: the entry itself first, if it comes
    /// after all others.
    pub fn add_posted(&mut self, place: Place, verdict: Verdict, entry: Arc<Entry>) -> Vec<Posted> {
        self.add_record(SharedRecord { place, verdict, entry })
    }

    fn add_record(&mut self, record: SharedRecord) -> Vec<Posted> {
        let places = self.records.iter().map(|stored| &stored.place);
        if let Some(place) = self.known.find(&record.place, places) {
            return if self.is_same(&place, &record) { Vec::new() } else { self.replace(record, &place) };
        }
        self.known.register(&record.place);
        if self.can_append(&record) { self.append(record).into_iter().collect() } else { self.insert(record) }
    }

    /// Whether [`CustomerBook::add`] would append this record: it comes after all others and no entry waits for it.
    /// Adding it then changes nothing that earlier entries posted.
    #[must_use]
    pub fn appends(&self, record: &Record) -> bool {
        self.known.is_new_in_chain(&record.place) && self.can_append(&SharedRecord::from(record.clone()))
    }

    /// Whether a record comes before one of these, so that later ones may post something else.
    #[must_use]
    pub fn goes_before(&self, place: &Place) -> bool {
        self.records.last().is_some_and(|last| *place < last.place)
    }

    /// Makes the next copies cheap: they share what they do not change. Code that often copies a book, for previews
    /// and commits, calls this after each change; it never affects the result.
    pub fn compact(&mut self) {
        self.account.compact();
        self.records.compact();
        self.posted.compact();
    }

    /// The sums of all postings by book account and day, to rebuild totals.
    #[must_use]
    pub fn moved(&self) -> Vec<Movement> {
        net_by_day(&self.posted)
    }

    /// The latest business date of an entry; `None` if no entry counts.
    #[must_use]
    pub const fn last(&self) -> Option<Date> {
        self.account.last
    }

    fn is_same(&self, place: &Place, record: &SharedRecord) -> bool {
        let verdict =
            self.position(place).ok().and_then(|at| self.records.get(at)).map(|stored| stored.verdict);
        *place == record.place && verdict == Some(record.verdict)
    }

    fn position(&self, place: &Place) -> Result<usize, usize> {
        self.records.binary_search_by(|stored| stored.place.cmp(place))
    }

    fn can_append(&self, record: &SharedRecord) -> bool {
        let last = self.records.last().is_none_or(|last| last.place < record.place);
        let awaited = self.account.awaited.contains(&record.entry.id);
        last && !awaited
            && record.verdict == Verdict::Ok
            && !matches!(record.entry.body, Body::EntryAdopted(_))
    }

    fn append(&mut self, record: SharedRecord) -> Option<Posted> {
        let entry = record.entry.clone();
        self.records.push(record);
        let posted = Posted::of(&entry, sequence::take(&mut self.account, &entry)?);
        self.posted.push(posted.clone());
        Some(posted)
    }

    fn insert(&mut self, record: SharedRecord) -> Vec<Posted> {
        let at = self.position(&record.place).unwrap_or_else(|at| at);
        self.records.make_owned().insert(at, record);
        self.refold_and_compare()
    }

    /// Replaces a record that an endpoint has given another place or verdict.
    fn replace(&mut self, record: SharedRecord, old: &Place) -> Vec<Posted> {
        self.known.register(&record.place);
        if let Ok(at) = self.position(old) {
            self.records.make_owned().remove(at);
        }
        self.insert(record)
    }

    /// Folds again and returns what each entry now posts more, or less. Entries at either end that posted the same as
    /// before, usually almost all, are skipped.
    fn refold_and_compare(&mut self) -> Vec<Posted> {
        let mut before = std::mem::take(&mut self.posted);
        self.refold();
        let (before, after) = changed_range(before.make_owned(), self.posted.make_owned());
        differences(before, after)
    }

    fn refold(&mut self) {
        let mut account = Account::default();
        let steps = steps(&self.records);
        let mut posted = Vec::with_capacity(steps.len());
        reserve_capacity(&mut account, &steps);
        fold(&mut account, &steps, |entry, lines| {
            posted.push(Posted::of(entry, lines));
        });
        account.records = self.records.len() as u64;
        self.posted = CowVec::from(posted);
        self.account = account;
    }
}

/// The steps of the fold. A refused record reserves its id at its place, and counts at the place of the entry that
/// adopts it.
fn steps(records: &CowVec<SharedRecord>) -> Vec<FoldStep<'_>> {
    let mut steps = Vec::with_capacity(records.len());
    for stored in records {
        match stored.verdict {
            Verdict::Refused => steps.push(FoldStep::Refuse(&stored.entry)),
            Verdict::Ok => {
                steps.push(FoldStep::Take(&stored.entry));
                steps.extend(adopted(records, &stored.entry).map(FoldStep::Take));
            }
        }
    }
    steps
}

fn adopted<'a>(records: &'a CowVec<SharedRecord>, by: &Entry) -> Option<&'a Arc<Entry>> {
    let Body::EntryAdopted(adopted) = &by.body else { return None };
    let stored = records.iter().find(|stored| adopted.names_line(&stored.place))?;
    (stored.verdict == Verdict::Refused).then_some(&stored.entry)
}

impl From<Record> for SharedRecord {
    fn from(record: Record) -> Self {
        Self { place: record.place, verdict: record.verdict, entry: Arc::new(record.entry) }
    }
}
