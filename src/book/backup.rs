//! Backups, out and in, and whether one is due.

use super::Book;
use super::browser::file::{Chosen, Parts};
use super::browser::marks::{self, Backed, Mark};
use super::browser::{clock, lock::Lock, shelf};
use super::desk::{Arrival, Checked, Desk, NotTaken, Way, Work};
use super::seam;
use crate::store::{DEVICE, Fault, IndexedDb, Store};
use ledger::date::Date;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::File;

/// After how many days without a backup it is time for one.
const DUE: i32 = 7;

/// Where the book stands with its backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupState {
    /// The day of the last one; `None` when none was made on this device.
    pub last: Option<Date>,
    /// Whether it is time for one: something was recorded since, and that was a while ago.
    pub due: bool,
}

/// How far a backup has been taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakingIn {
    /// What is being done.
    pub work: Work,
    /// How much of it is done, in hundredths; `None` while that is not known.
    pub percent: Option<u64>,
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenIn {
    /// The shop's name.
    pub shop: String,
    /// How many entries the backup has.
    pub lines: u64,
    /// How many of them were not here.
    pub added: u64,
}

impl Book {
    /// Hands a backup of everything to the browser's downloads. Says how many entries it has.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn save_backup(self) -> Result<u64, Fault> {
        let (desk, name) = (self.open_desk()?, self.name());
        let parts = Parts::default();
        let count = desk.pages(|page| parts.push(&page)).await?;
        let today = clock::today();
        parts.save(&file_name(&desk.shop().name, today))?;
        let seq = desk.device().head.map_or(0, |head| head.seq);
        marks::note_backup(&name, &Backed { on: today, made: true, seq });
        self.note_backup();
        Ok(count)
    }

    /// Takes a backup in: into the book that is open, or where there is none, as the book of this browser.
    ///
    /// # Errors
    /// What is wrong with it. Then nothing of it counts.
    pub async fn take_in(
        self,
        file: &File,
        progress: WriteSignal<Option<TakingIn>>,
    ) -> Result<TakenIn, NotTaken> {
        seam::take_in(self, file.clone(), progress).await
    }

    pub(super) async fn lay_in(
        self,
        file: &File,
        progress: WriteSignal<Option<TakingIn>>,
    ) -> Result<TakenIn, NotTaken> {
        let source = Chosen(file);
        let mut tell = teller(file, progress);
        let mut way = Way::new(&mut tell);
        match self.desk() {
            Some(desk) => self.merge(&desk, &source, &mut way).await,
            None => self.restore(&source, &mut way).await,
        }
    }

    /// Where the open book stands with its backups.
    #[must_use]
    pub fn backup_state(self) -> Signal<Option<BackupState>> {
        self.backed.into()
    }

    /// Looks at the marks again.
    pub(super) fn note_backup(self) {
        let Some(desk) = self.desk() else { return };
        let (name, today) = (self.name(), clock::today());
        let seq = desk.device().head.map_or(0, |head| head.seq);
        let known = marks::last_backup(&name).unwrap_or_else(|| {
            let begins = Backed { on: today, made: false, seq: 0 };
            marks::note_backup(&name, &begins);
            begins
        });
        let old = known.on.days_until(today) >= DUE;
        let own = name != shelf::EXAMPLE;
        let state = BackupState { last: known.made.then_some(known.on), due: own && old && seq > known.seq };
        self.backed.try_set(Some(state));
    }

    /// Remembers outside of the store how far the book has come.
    pub(super) fn mark(self, name: &str, desk: &Desk<IndexedDb>) {
        let device = desk.device();
        device.head.iter().for_each(|head| marks::reach(name, Mark { chain: device.chain, head: *head }));
    }

    async fn merge(
        self,
        desk: &Rc<Desk<IndexedDb>>,
        source: &Chosen<'_>,
        way: &mut Way<'_>,
    ) -> Result<TakenIn, NotTaken> {
        let name = self.name();
        let checked = desk.check(source, way).await?;
        let _turn = Lock::acquire(&name).await;
        let merged = desk.merge(source, &checked, (clock::today(), clock::now()), way).await?;
        self.publish(desk, &merged.changed);
        self.mark(&name, desk);
        self.found_again(&name, desk).await?;
        self.tell(&name);
        Ok(TakenIn { shop: checked.name, lines: checked.lines, added: merged.added })
    }

    async fn restore(self, source: &Chosen<'_>, way: &mut Way<'_>) -> Result<TakenIn, NotTaken> {
        let checked = Checked::read::<IndexedDb>(source, None, way).await?;
        let name = shelf::store_of(&checked.shop);
        let store = self.empty_store(&name).await?;
        let by =
            Arrival { device: Self::new_id(), zone: clock::zone(), today: clock::today(), now: clock::now() };
        let desk = match Desk::restore(store.clone(), source, &checked, &by, way).await {
            Ok(desk) => desk,
            Err(why) => {
                store.close();
                // Half a book is none; what is left of it is cleared away, here or by the next try.
                let _ = IndexedDb::delete(&name).await;
                return Err(why);
            }
        };
        marks::forget(&name);
        shelf::remember(&name);
        self.settle(name, desk).await;
        self.ask_to_keep();
        Ok(TakenIn { shop: checked.name, lines: checked.lines, added: checked.lines })
    }

    /// A store of that name without a book: what a backup that was cut off left behind is cleared away.
    async fn empty_store(self, name: &str) -> Result<IndexedDb, Fault> {
        let store = self.store(name).await?;
        if store.meta(DEVICE).await?.is_some() {
            store.close();
            return Err(Fault::Taken);
        }
        store.close();
        IndexedDb::delete(name).await?;
        self.store(name).await
    }

    /// A book that went back: says so, and begins a new chain before anything is recorded.
    pub(super) async fn went_back(self, name: &str, desk: &Desk<IndexedDb>) -> Result<(), Fault> {
        let device = desk.device().clone();
        if let Some(mark) = marks::reached(name).filter(|mark| mark.chain == device.chain)
            && !desk.holds(mark.chain, mark.head).await?
        {
            let lost = mark.head.seq.saturating_sub(device.head.map_or(0, |head| head.seq));
            marks::miss(name, Some((mark, lost.max(1))));
            seam::begin_anew(desk, clock::today(), clock::now()).await?;
        }
        self.mark(name, desk);
        self.found_again(name, desk).await
    }

    /// Whether what was lost is back; else it is said.
    async fn found_again(self, name: &str, desk: &Desk<IndexedDb>) -> Result<(), Fault> {
        let Some((mark, entries)) = marks::missing(name) else { return Ok(()) };
        if desk.holds(mark.chain, mark.head).await? {
            marks::miss(name, None);
            self.trouble.try_update(|trouble| {
                trouble.take_if(|fault| matches!(fault, Fault::WentBack(_)));
            });
        } else {
            self.trouble.try_set(Some(Fault::WentBack(entries)));
        }
        Ok(())
    }

    /// Somebody read that entries are missing and has no backup that brings them back.
    pub fn accept_loss(self) {
        marks::miss(&self.name(), None);
        self.trouble.try_set(None);
    }
}

/// Tells how far it is, a hundredth at a time.
fn teller(file: &File, progress: WriteSignal<Option<TakingIn>>) -> impl FnMut(Work, u64) {
    let size = super::desk::Source::size(&Chosen(file)).max(1);
    let mut told = None;
    move |work, done| {
        let percent = (work != Work::Folding).then(|| (done * 100 / size).min(100));
        let now = Some(TakingIn { work, percent });
        if now != told {
            told = now;
            progress.try_set(now);
        }
    }
}

/// `Harbour Cycles 2026-03-02.jsonl`, without what a file system would not take.
fn file_name(shop: &str, today: Date) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '&' | '\'') { c } else { ' ' };
    let shop: String = shop.chars().map(plain).collect();
    format!("{} {today}.jsonl", shop.trim())
}
