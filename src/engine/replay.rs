//! Folds a whole journal account by account: when a book is imported or restored, and when its caches are rebuilt.
//! Holds one account at a time, so the memory needed does not grow beyond that of the caches.

mod pieces;

pub use pieces::Pieces;

use super::account;
use super::cache_shape::SHAPE;
use super::cache_text::to_text;
use super::cached::Cached;
use super::clashes::{CLASHES, Clash, Repeated, Side};
use super::contribution::Contribution;
use super::gathered::Gathered;
use super::late::{LATE, LATER, Late};
use super::order_list;
use super::progress::{Phase, Progress};
use super::rows::Rows;
use super::search_words::search_words;
use super::waits::Waits;
use crate::store::{
    AccountPosition, Append, CACHES, CATALOGUE, ChainPosition, Fault, NewEntry, SHOP, Store, StoredEntry,
    Total,
};
use codec::DeviceState;
use journal::{ChainOpened, Clock, Hash, Head, Line, OPENED};
use ledger::entry::{Body, Record, Verdict};
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The number of entries that one read returns.
const PAGE: u32 = 1_024;

/// The number of entries that are folded without a pause.
const FOLDED: usize = 1_024;

/// The result of folding all entries.
#[derive(Default)]
pub struct Replay {
    /// The shop.
    pub shop: Shop,
    /// The fault of the first entry that cannot be read; the other entries are folded without it.
    pub trouble: Option<Fault>,
    /// The latest clock of all entries that are not more than a day ahead of the wall time `now`.
    pub clock: Clock,
    /// How many entries are more than a day ahead of it.
    pub ahead: u64,
    /// The wall time, in milliseconds since 1970.
    now: u64,
    /// The letters that counters have used.
    pub letters: BTreeSet<String>,
    /// The number of entries.
    pub entries: u64,
    /// The drawer of every device, with the number of the last chain that names it.
    drawers: BTreeMap<String, (u32, String)>,
    /// The last line of every chain.
    ends: BTreeMap<(String, u32), Head>,
    totals: BTreeMap<(u16, String, String), i64>,
    repeated: Repeated,
    clashes: Vec<Clash>,
    late: Vec<Late>,
    later: BTreeSet<Id>,
    /// The exceptions that notes have resolved.
    resolved: BTreeSet<(Kind, Id)>,
    /// The rows of the accounts, without those that were written.
    cached: Vec<Cached>,
    /// How many pages of rows were written.
    pages: u32,
    caches: Append,
}

/// Where the reading of a store is, and the entries of the account there.
#[derive(Default)]
struct Reading {
    place: Option<AccountPosition>,
    gathered: Gathered,
}

/// The place of a line; of one that cannot be read, a place that no line has.
fn line_place(stored: &StoredEntry) -> ChainPosition {
    let branch = stored.branch.clone();
    let line = Line::parse(stored.bytes.as_bytes());
    let (device, chain, seq) = line.as_ref().map_or(("", 0, 0), |line| (line.device, line.chain, line.seq));
    ChainPosition { branch, ..ChainPosition::new(device, chain, seq) }
}

impl Replay {
    /// The fold of no entries at the wall time `now`.
    pub fn at(now: u64) -> Self {
        Self { now, ..Self::default() }
    }

    /// Reads and folds all entries of the store.
    pub async fn of_store<S: Store>(store: &S, now: u64, progress: &mut Progress<'_>) -> Result<Self, Fault> {
        Self::without(store, &BTreeSet::new(), now, progress).await
    }

    /// As [`Replay::of_store`], without the lines at these places, which are not as they were recorded: no figure follows from
    /// them, and as the digests of their accounts lack them, nothing is recorded on these accounts.
    pub async fn without<S: Store>(
        store: &S,
        changed: &BTreeSet<ChainPosition>,
        now: u64,
        progress: &mut Progress<'_>,
    ) -> Result<Self, Fault> {
        let (mut replay, mut reading) = (Self::at(now), Reading::default());
        while replay.read_some(store, changed, &mut reading).await? {
            progress.report(Phase::Folding, replay.entries);
        }
        Ok(replay)
    }

    /// As [`Replay::of_store`], of a store that holds no book yet: what follows from the entries is written on the way, so that
    /// memory does not have to hold it.
    pub async fn of_new_store<S: Store>(
        store: &S,
        now: u64,
        pieces: Pieces,
        progress: &mut Progress<'_>,
    ) -> Result<Self, Fault> {
        let (mut replay, mut reading) = (Self::at(now), Reading::default());
        while replay.read_some(store, &BTreeSet::new(), &mut reading).await? {
            replay.write_whole_pieces(store, pieces).await?;
            progress.report(Phase::Folding, replay.entries);
        }
        Ok(replay)
    }

    /// Reads and folds the next entries of the store; false after the last one.
    async fn read_some<S: Store>(
        &mut self,
        store: &S,
        changed: &BTreeSet<ChainPosition>,
        reading: &mut Reading,
    ) -> Result<bool, Fault> {
        let page = store.by_account(reading.place.as_ref(), PAGE).await?;
        if page.is_empty() {
            self.account(std::mem::take(&mut reading.gathered))?;
            return Ok(false);
        }
        for (at, stored) in page {
            if reading.place.as_ref().is_some_and(|before| before.account != at.account) {
                self.account(std::mem::take(&mut reading.gathered))?;
            }
            let (record, hash) = self.entry(&stored);
            if changed.is_empty() || !changed.contains(&line_place(&stored)) {
                reading.gathered.add(record, hash, &stored.branch);
            }
            reading.place = Some(at);
        }
        Ok(true)
    }

    /// Folds entries that are in memory, and finds each entry's search words.
    pub fn of_entries(stored: Vec<StoredEntry>) -> Result<(Self, Vec<NewEntry>), Fault> {
        // They are of this device's own chain: its clock is after them, whatever they say.
        let (mut replay, mut entries) = (Self::at(u64::MAX), Vec::with_capacity(stored.len()));
        let mut accounts = BTreeMap::<String, Gathered>::new();
        for stored in stored {
            let (record, hash) = replay.entry(&stored);
            let words = record.as_ref().map(|record| search_words(&record.entry)).unwrap_or_default();
            let entry = NewEntry { words, ..NewEntry::parse(stored)? };
            accounts.entry(entry.account.clone()).or_default().add(record, hash, &entry.stored.branch);
            entries.push(entry);
        }
        accounts.into_values().try_for_each(|gathered| replay.account(gathered))?;
        Ok((replay, entries))
    }

    /// Folds accounts that are in memory, with pauses in which the page can run.
    pub async fn fold<S: Store>(
        &mut self,
        store: &S,
        accounts: BTreeMap<String, Gathered>,
        progress: &mut Progress<'_>,
    ) -> Result<(), Fault> {
        let mut since = 0;
        for (at, gathered) in accounts.into_values().enumerate() {
            since += gathered.len();
            self.account(gathered)?;
            if since >= FOLDED {
                since = 0;
                progress.report(Phase::Folding, at as u64);
                // Any request lets the page run.
                store.arrivals().await?;
            }
        }
        Ok(())
    }

    /// Finds documents of different accounts with the same number or id, once all entries are stored and folded.
    pub async fn find_clashes<S: Store>(&mut self, store: &S) -> Result<(), Fault> {
        self.clashes = self.repeated.clashes(store, &[]).await?;
        let resolved = |clash: &Clash, side: &Side| self.resolved.contains(&(clash.kind, side.entry.clone()));
        self.clashes.retain(|clash| !clash.sides.iter().any(|side| resolved(clash, side)));
        Ok(())
    }

    /// The caches, for the given state of the device.
    pub fn caches(self, device: &DeviceState) -> Result<Append, Fault> {
        let totals = self.totals.into_iter().filter(|(_, add)| *add != 0);
        let totals = totals.map(|((code, party, day), add)| Total { code, party, day, add }).collect();
        let made = format!("{SHAPE} {}.{}", self.clock.0, self.clock.1);
        Ok(Append {
            device: to_text(device)?,
            rebuild: true,
            meta: vec![
                (SHOP.into(), to_text(&self.shop)?),
                (CATALOGUE.into(), to_text(&*self.shop.catalogue)?),
                (CACHES.into(), made),
                (CLASHES.into(), to_text(&self.clashes)?),
                (LATE.into(), to_text(&self.late)?),
                (LATER.into(), to_text(&self.later)?),
            ],
            totals,
            pages: Rows::new_pages(self.pages, &self.cached)?,
            ..self.caches
        })
    }

    /// The wall time of the fold, in milliseconds since 1970.
    pub const fn now(&self) -> u64 {
        self.now
    }

    /// The rows of the accounts that were folded.
    pub fn rows(&self) -> Vec<Arc<CustomerRow>> {
        self.cached.iter().map(|cached| Arc::clone(&cached.row)).collect()
    }

    /// The last line of a device's last chain, as far as the entries show.
    pub fn end(&self, device: &Id) -> Option<journal::After> {
        let chains = self.ends.range((device.to_string(), 0)..=(device.to_string(), u32::MAX));
        let ((_, chain), head) = chains.last()?;
        Some(journal::After { chain: *chain, seq: head.seq, hash: head.hash })
    }

    /// The drawer of a device, as its last chain names it.
    pub fn drawer(&self, device: &Id) -> Option<String> {
        self.drawers.get(device.as_str()).map(|(_, drawer)| drawer.clone())
    }

    /// The last line of a chain.
    pub fn head(&self, device: &Id, chain: u32) -> Option<Head> {
        self.ends.get(&(device.to_string(), chain)).copied()
    }

    fn entry(&mut self, stored: &StoredEntry) -> (Option<Record>, Hash) {
        let hash = Hash::of(stored.bytes.as_bytes());
        if let Ok(line) = Line::parse(stored.bytes.as_bytes()) {
            self.note_line(&line, hash);
        } else {
            self.entries += 1;
        }
        (account::record(stored, &mut self.trouble), hash)
    }

    /// Notes what a line says about clocks, chains and letters.
    pub fn note_line(&mut self, line: &Line<'_>, hash: Hash) {
        self.entries += 1;
        self.repeated.note(line.id, line.no);
        if line.clock.is_ahead(self.now) {
            self.ahead += 1;
        } else {
            self.clock = self.clock.merged(line.clock);
        }
        if line.kind == OPENED
            && let Ok(opened) = ChainOpened::parse(line.kv, line.body.get())
        {
            self.letters.insert(opened.letter);
            let drawer = self.drawers.entry(line.device.to_owned()).or_default();
            *drawer = std::mem::take(drawer).max((line.chain, opened.drawer));
        }
        let end = Head { seq: line.seq, hash };
        let known = self.ends.entry((line.device.to_owned(), line.chain)).or_insert(end);
        if known.seq < line.seq {
            *known = end;
        }
    }

    /// Folds all records of one account, or of the shop.
    fn account(&mut self, gathered: Gathered) -> Result<(), Fault> {
        let (records, digest) = gathered.into_parts();
        let Some(first) = records.first() else { return Ok(()) };
        let Some(customer) = first.entry.customer.clone() else {
            self.shop_records(records);
            return Ok(());
        };
        for record in records.iter().filter(|record| record.verdict == Verdict::Ok) {
            if let Body::ExceptionResolved(resolved) = &record.entry.body {
                self.resolved.extend(resolved.names());
            }
        }
        let book = CustomerBook::new(customer, records);
        let account = book.account();
        self.add_contribution(&Contribution::of_account(&book, &self.shop.seals));
        self.late.extend(Late::of_account(&book, &self.shop));
        if book.counts_later(&self.shop.seals) {
            self.later.insert(book.customer().clone());
        }
        self.cached.push(Cached::of(account, digest));
        order_list::write_touched(account, &mut self.caches)?;
        Waits::of(account).write_changes(&Waits::default(), &mut self.caches)
    }

    /// Folds the shop's own records. They come before all accounts, because the shop's seals decide on which day a late
    /// entry counts.
    fn shop_records(&mut self, records: Vec<Record>) {
        let book = ShopBook::new(records);
        self.shop = book.shop().clone();
        self.late.extend(Late::of_shop(&book));
        self.add_contribution(&Contribution::of_shop(&book));
    }

    fn add_contribution(&mut self, contribution: &Contribution) {
        self.shop.add_to_sums(&contribution.moved());
        contribution.totals().into_iter().for_each(|part| self.add(part));
    }

    fn add(&mut self, part: Total) {
        *self.totals.entry((part.code, part.party, part.day)).or_default() += part.add;
    }
}
