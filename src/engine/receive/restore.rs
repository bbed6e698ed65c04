//! Receives a backup into an empty store: one pass that verifies, writes and folds.

use super::arrived::Intake;
use super::branches::Branches;
use super::damage::Survey;
use super::lines::{Lines, NumberedLine, Source};
use super::not_received::NotReceived;
use crate::engine::cache_shape::STALE;
use crate::engine::chain::{self, NewChain};
use crate::engine::gathered::Gathered;
use crate::engine::open::Engine;
use crate::engine::progress::{Phase, Progress};
use crate::engine::replay::{Pieces, Replay};
use crate::sort::sort_by;
use crate::store::{Append, CACHES, Fault, KeyRun, NewEntry, Store};
use codec::DeviceState;
use futures_util::future::join;
use journal::{Line, LineError, Side};
use ledger::date::Date;
use ledger::id::Id;
use std::collections::BTreeMap;

/// The browser that receives a book, and the time.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// This browser's device id in this book.
    pub device: Id,
    /// The drawer at which it stands; `None` for the one that it had, or one of its own.
    pub drawer: Option<String>,
    /// The chain that it continues with.
    pub chain: NewChain,
    /// The time zone of the business dates.
    pub zone: String,
    /// The shop's current business date.
    pub today: Date,
    /// The wall clock, in milliseconds since 1970.
    pub now: u64,
}

/// The outcome of receiving a backup into an empty store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The name of the shop.
    pub name: String,
    /// The number of lines.
    pub lines: u64,
    /// How many of them are more than a day ahead of this device's time.
    pub ahead: u64,
}

/// The most entries that are folded while they are in memory. A longer book is folded from the store, one account at a
/// time.
const MOST_IN_MEMORY: u64 = 150_000;

/// How many entries are held until they are sorted by account and written: the more, the more of one account are stored
/// together, and about 2 kB of memory each, twice.
pub(super) const SLAB: usize = 16_384;

/// How many of them are written in one transaction: less than a megabyte, for the reason given in `replay/pieces.rs`.
pub(super) const WRITTEN: usize = 512;

/// The most bytes of a file whose entries are held until they are folded: about as many entries as [`MOST_IN_MEMORY`].
const MOST_BYTES: u64 = 64 * 1_024 * 1_024;

impl<S: Store> Engine<S> {
    /// The shop whose backup this seems to be, from the first of its first lines that is one.
    ///
    /// # Errors
    ///
    /// When there is no line, or none of the first is one.
    pub async fn shop_of(source: &impl Source) -> Result<Id, NotReceived> {
        let mut first = None;
        for (at, text) in Lines::of(source).next().await?.unwrap_or_default() {
            let shop = text.and_then(|text| {
                let line = Line::parse(text.as_bytes())?;
                Id::new(line.shop).map_err(|_| LineError::Wrong("shop"))
            });
            match shop {
                Ok(shop) => return Ok(shop),
                Err(why) => first = first.or(Some(NotReceived::shape(at, why))),
            }
        }
        Err(first.unwrap_or(NotReceived::Empty))
    }

    /// Receives a backup into an empty store, without the lines that the survey leaves out. The device continues with a chain
    /// and a letter of its own. Returns the book and what was received.
    ///
    /// # Errors
    ///
    /// The first error found, and faults of the store. The store then holds no book; delete it.
    pub async fn restore(
        store: S,
        source: &impl Source,
        by: &NewDevice,
        survey: Survey,
        progress: &mut Progress<'_>,
    ) -> Result<(Self, Restored), NotReceived> {
        let mut pass = Pass::at(by.now);
        if source.size() > MOST_BYTES {
            // So many that they will not be held: holding the first ones would take memory, and letting go of them time.
            pass.accounts = None;
        }
        pass.intake = pass.intake.without_bad(survey);
        pass.run(&store, source, progress).await?;
        pass.intake.finish(|_, _| None)?;
        pass.fold(&store, progress).await?;
        Self::finish(store, pass, by, Vec::new()).await
    }

    /// Writes the caches of a pass whose entries are written and folded, and opens the chain with which the device continues. `meta`
    /// are values of the shop that are stored with this last step.
    pub(super) async fn finish(
        store: S,
        pass: Pass,
        by: &NewDevice,
        meta: Vec<(String, String)>,
    ) -> Result<(Self, Restored), NotReceived> {
        let Pass { intake, mut replay, .. } = pass;
        let shop = intake.shop.clone().ok_or(NotReceived::Empty)?;
        replay.find_clashes(&store).await?;
        replay.write_documents(&store).await?;
        let ahead = replay.ahead;
        let mut device = DeviceState::new(shop, by.device.clone(), 1, "", &by.zone);
        device.drawer = by.drawer.clone().unwrap_or_default();
        let first = chain::open_next(&mut device, &replay, &by.chain, by.today, by.now)?;
        // The store holds no book yet, and so nothing that a rebuild would replace.
        let mut append = Append { rebuild: false, entries: vec![first], ..replay.caches(&device)? };
        append.meta.extend(meta);
        store.append(&append).await?;
        let engine = Self::open(store, by.today).await?.ok_or(Fault::Emptied)?;
        Ok((engine, Restored { name: intake.name(), lines: intake.lines, ahead }))
    }
}

/// The one pass over the lines.
pub(super) struct Pass {
    pub intake: Intake,
    pub replay: Replay,
    branches: Branches,
    /// The keys of entries that are written without them.
    pub keys: KeyRun,
    /// The entries by account; `None` once there are too many to hold.
    accounts: Option<BTreeMap<String, Gathered>>,
    is_folded: bool,
}

impl Pass {
    pub fn at(now: u64) -> Self {
        Self {
            intake: Intake::default(),
            replay: Replay::at(now),
            branches: Branches::default(),
            keys: KeyRun::default(),
            accounts: Some(BTreeMap::new()),
            is_folded: false,
        }
    }

    /// While the browser writes one slab of the file, the next one is verified.
    async fn run(
        &mut self,
        store: &impl Store,
        source: &impl Source,
        progress: &mut Progress<'_>,
    ) -> Result<(), NotReceived> {
        let mut lines = Lines::of(source);
        let mut slab = Vec::new();
        loop {
            let (written, next) = join(write(store, &slab), self.verify_slab(&mut lines, progress)).await;
            written?;
            if self.keys.is_full() {
                self.write_keys(store).await?;
            }
            slab = next?;
            if slab.is_empty() {
                return self.write_keys(store).await;
            }
            slab.iter_mut().for_each(|entry| self.keys.take(entry));
            // Entries of one account that are stored one after another cost least. Lines of one press may be apart: the
            // store counts as a book only after the last step.
            sort_by(&mut slab, |a, b| a.account.cmp(&b.account));
        }
    }

    /// The entries of the next lines; none after the last line.
    async fn verify_slab(
        &mut self,
        lines: &mut Lines<'_, impl Source>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<NewEntry>, NotReceived> {
        let mut entries = Vec::new();
        while entries.len() < SLAB
            && let Some(batch) = lines.next().await?
        {
            for line in batch {
                entries.extend(self.verify(line, None)?);
            }
            progress.report(Phase::Writing, lines.read());
        }
        self.let_go();
        Ok(entries)
    }

    /// Writes the keys of the entries that were written.
    pub async fn write_keys(&mut self, store: &impl Store) -> Result<(), NotReceived> {
        let keys = std::mem::take(&mut self.keys);
        if !keys.is_empty() {
            store.add_keys(keys).await?;
        }
        Ok(())
    }

    /// Folds the accounts: those in memory, or those of the store once they were too many.
    pub async fn fold<S: Store>(
        &mut self,
        store: &S,
        progress: &mut Progress<'_>,
    ) -> Result<(), NotReceived> {
        self.is_folded = true;
        match self.accounts.take() {
            Some(accounts) => self.replay.fold(store, accounts, progress).await?,
            None => {
                // What the first pass noted of every entry is noted again, and not held twice.
                let now = std::mem::take(&mut self.replay).now();
                self.replay = Replay::of_new_store(store, now, Pieces::SMALL, progress).await?;
            }
        }
        self.replay.trouble.take().map_or(Ok(()), |trouble| Err(trouble.into()))
    }

    /// Whether [`Pass::fold`] was called.
    pub const fn is_folded(&self) -> bool {
        self.is_folded
    }

    /// Whether the accounts are in memory.
    pub const fn holds_accounts(&self) -> bool {
        self.accounts.is_some()
    }

    /// Holds no entries any more once they are too many.
    pub fn let_go(&mut self) {
        if self.replay.entries > MOST_IN_MEMORY {
            self.accounts = None;
        }
    }

    /// `side` is what an endpoint says about the line, whose hash it has.
    pub fn verify(
        &mut self,
        (at, text): NumberedLine,
        side: Option<&Side<'_>>,
    ) -> Result<Option<NewEntry>, NotReceived> {
        let replay = &mut self.replay;
        let note = |line: &Line<'_>, hash| replay.note_line(line, hash);
        let hash = side.map(|side| side.hash);
        let Some(mut arrived) = self.intake.line(at, (text, hash), None, note)? else { return Ok(None) };
        if let Some(side) = side {
            arrived = arrived.judged(side);
        }
        self.branches.assign(&mut arrived);
        if let Some(accounts) = &mut self.accounts {
            let gathered = accounts.entry(arrived.entry.account.clone()).or_default();
            gathered.add(arrived.record, arrived.hash, &arrived.entry.stored.branch);
        }
        Ok(Some(arrived.entry))
    }
}

pub(super) async fn write(store: &impl Store, slab: &[NewEntry]) -> Result<(), Fault> {
    for entries in slab.chunks(WRITTEN) {
        store.receive(entries, (CACHES, STALE)).await?;
    }
    Ok(())
}
