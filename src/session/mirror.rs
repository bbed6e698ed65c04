//! Keeps the mirror of the open book, and builds a book again from it.

use super::handle::Session;
use super::note::Note;
use super::state::{MirrorState, Stage};
use crate::browser_storage;
use crate::device::device_store::DeviceStore;
use crate::device::mark_storage::Mirrored;
use crate::device::web_lock::WebLock;
use crate::device::{clock, mark_storage, persist, registry};
use crate::engine::{
    Damage, Engine, Mending, NewChain, NewDevice, NotReceived, Phase, Progress, Source, Survey,
};
use crate::mirror::{Files, Mirror, MirrorText, Opfs, write_mark};
use crate::store::{Fault, IndexedDb, Store, StoredEntry};
use gloo_timers::future::TimeoutFuture;
use journal::Why;
use ledger::date::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Milliseconds after a commit before it is copied: the page shows first what was recorded.
const SETTLE: u32 = 50;
/// Milliseconds between two steps of a long copy.
const PAUSE: u32 = 20;
/// The number of entries from which a copy is long, and waits while the app is used.
const LONG: u64 = 64;
/// Milliseconds without an input after which the app counts as idle.
const QUIET: u64 = 3_000;
/// Milliseconds before the mirror is tried again after it could not be written.
const AGAIN: u32 = 60_000;
/// The bytes that must be free before a mirror that gave its room is written again.
const ROOM: u64 = 64 * 1_024 * 1_024;

/// Where it is noted that the mirror gave its room to the journal.
fn room_key(store: &str) -> String {
    format!("{store}-no-mirror")
}

impl Session {
    /// Starts the task that keeps the mirror. The example shop has none.
    pub(super) fn start_mirror(self, name: &str, engine: &Rc<Engine<IndexedDb>>) {
        if name == registry::EXAMPLE {
            return;
        }
        let (name, engine) = (name.to_owned(), Rc::clone(engine));
        spawn_local(async move {
            // The part of the program that copies could not be loaded: the next visit tries again.
            if let Err(fault) = (self.lazy.keep_mirror)(self, name, engine).await {
                self.show_mirror(MirrorState::Absent(fault));
            }
        });
    }

    /// Something was recorded, or read from another tab.
    pub(super) fn wake_mirror(self) {
        self.inner.try_with_value(|inner| inner.mirror.wake());
    }

    fn show_mirror(self, state: MirrorState) {
        if self.this_device.try_with_untracked(|device| device.mirror != state) == Some(true) {
            self.this_device.try_update(|device| device.mirror = state);
        }
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn keep_mirror(self, name: String, engine: Rc<Engine<IndexedDb>>) -> Result<(), Fault> {
        self.show_mirror(MirrorState::OtherTab);
        let lock = WebLock::wait(&format!("{name} mirror")).await;
        let _lock = lock.ok_or_else(|| Fault::Unsupported("locks".into()))?;
        while self.is_open(&engine) {
            if has_no_room(&name).await {
                self.show_mirror(MirrorState::GaveRoom);
                return Ok(());
            }
            match self.copy_to_mirror(&name, &engine).await {
                Ok(()) => {}
                Err(Fault::Full) => give_room(&name).await,
                // It was closed while it was copied.
                Err(_) if !self.is_open(&engine) => {}
                Err(fault) => {
                    self.show_mirror(MirrorState::Absent(fault));
                    TimeoutFuture::new(AGAIN).await;
                }
            }
        }
        Ok(())
    }

    /// Copies what is recorded, until the book is closed or its store begins another life. First the mark, then the entries.
    async fn copy_to_mirror(self, name: &str, engine: &Rc<Engine<IndexedDb>>) -> Result<(), Fault> {
        let anew = mark_storage::mirrored(name) == Mirrored::Anew;
        let mut mirror = Mirror::open(Opfs::of(name), engine.store(), anew).await?;
        if anew {
            mark_storage::note_mirrored(name, Mirrored::No);
        }
        let (mut turn, mut written) = (0, None);
        loop {
            let mark = mark_storage::read(name, None);
            if written.as_ref() != Some(&mark) {
                write_mark(mirror.files(), &mark, turn).await?;
                (turn, written) = (turn + 1, Some(mark));
            }
            let arrivals = engine.arrivals();
            if !mirror.is_of_life(&arrivals.life) || !self.is_open(engine) {
                return Ok(());
            }
            if mirror.has(&arrivals) {
                self.show_mirror(MirrorState::Whole);
                if mark_storage::mirrored(name) == Mirrored::No {
                    mark_storage::note_mirrored(name, Mirrored::Whole);
                }
                // The book has what the earlier files have, and is whole.
                if mirror.has_older() && self.inner.try_with_value(|inner| inner.is_verified) == Some(true) {
                    bring_back(engine, name, clock::today(), clock::now()).await?;
                    mirror.forget_older().await?;
                    continue;
                }
                self.wait_for_news().await;
                if browser_storage::text(&room_key(name)).is_some() {
                    return Ok(());
                }
                continue;
            }
            if mirror.behind(&arrivals) > LONG {
                self.show_mirror(MirrorState::Copying);
                TimeoutFuture::new(PAUSE).await;
                if DeviceStore(name).last_activity().is_some_and(|at| clock::now() < at + QUIET) {
                    TimeoutFuture::new(PAUSE * 50).await;
                    continue;
                }
            }
            if !mirror.step(engine.store()).await? {
                // The engine knows of arrivals that the store does not have: it is read again, or closed.
                self.wait_for_news().await;
            }
        }
    }

    /// Whether this engine is the one of the open book.
    pub(super) fn is_open(self, engine: &Rc<Engine<IndexedDb>>) -> bool {
        self.engine().is_some_and(|open| Rc::ptr_eq(&open, engine))
    }

    async fn wait_for_news(self) {
        if let Some(wake) = self.inner.try_with_value(|inner| inner.mirror.clone()) {
            wake.woken().await;
        }
        TimeoutFuture::new(SETTLE).await;
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn build_from_mirror(self, name: String) -> Result<bool, Fault> {
        self.stage.try_set(Stage::Rebuilding(None));
        let text = MirrorText::read(&Opfs::of(&name)).await?;
        let left = readable(&name, move || self.retry_open()).await;
        // A store that still has lines of its own is not deleted: a person saves them first.
        let has_more = MirrorText::with(&Opfs::of(&name), &left).await?.lines > text.lines;
        if text.is_empty() || has_more {
            return Ok(false);
        }
        IndexedDb::delete(&name).await?;
        let store = self.store(&name).await?;
        let by = self.new_device(&name).await;
        let size = text.size().max(1);
        let mut listener = move |phase, done: u64| {
            let percent = (phase != Phase::Folding).then(|| (done * 100 / size).min(100));
            let stage = Stage::Rebuilding(percent);
            if self.stage.try_with_untracked(|known| *known != stage) == Some(true) {
                self.stage.try_set(stage);
            }
        };
        let mut progress = Progress::new(&mut listener);
        match Engine::restore(store.clone(), &text, &by, Survey::default(), &mut progress).await {
            Ok((engine, restored)) => {
                registry::remember(&name);
                self.make_current(name, engine).await;
                self.tell(Note::BroughtBack { entries: restored.lines, all: true });
                Ok(true)
            }
            Err(why) => {
                store.close();
                let _ = IndexedDb::delete(&name).await;
                Err(to_fault(why))
            }
        }
    }

    /// The device stays the one that it was here, however the store was lost.
    pub(super) async fn new_device(self, name: &str) -> NewDevice {
        let mark = Self::mark(name, None).await;
        let chain = NewChain {
            why: Why::Restored,
            highest: mark.highest_chain(),
            letters: mark.letters(),
            forgets_clock: false,
            drawer: None,
            given: None,
            key: None,
        };
        NewDevice {
            drawer: Some(mark.drawer).filter(|drawer| !drawer.is_empty()),
            device: mark.device.unwrap_or_else(Self::new_id),
            chain,
            zone: clock::zone(),
            today: clock::today(),
            now: clock::now(),
        }
    }
}

/// Adds the entries that only the mirror has.
pub async fn bring_back(engine: &Engine<IndexedDb>, name: &str, today: Date, now: u64) -> Result<u64, Fault> {
    let text = MirrorText::read(&Opfs::of(name)).await?;
    if text.is_empty() {
        return Ok(0);
    }
    let mut silent = |_, _| ();
    let mut progress = Progress::new(&mut silent);
    let review = engine.review(&text, now, &mut progress).await.map_err(to_fault)?;
    let entries = review.missing() as u64;
    engine.accept(review, (today, now), &mut progress).await?;
    Ok(entries)
}

/// Mends damaged lines with those of the mirror.
pub async fn mend(
    engine: &Engine<IndexedDb>,
    name: &str,
    damages: Vec<Damage>,
    today: Date,
    now: u64,
) -> Result<Mending, Fault> {
    let text = MirrorText::read(&Opfs::of(name)).await?;
    engine.mend(damages, &text, (today, now)).await.map_err(to_fault)
}

fn to_fault(why: NotReceived) -> Fault {
    match why {
        NotReceived::Fault(fault) => fault,
        other => Fault::corrupt("the second copy", format!("{other:?}")),
    }
}

/// What can still be read of a damaged store.
async fn readable(name: &str, late: impl Fn() + 'static) -> Vec<StoredEntry> {
    let Ok(Some(store)) = IndexedDb::open_existing(name, late).await else { return Vec::new() };
    let (mut found, mut arrival) = (Vec::new(), 0);
    while let Ok(page) = store.arrived_after(arrival, 1_024).await
        && let Some(last) = page.last().map(|stored| stored.arrival)
    {
        arrival = last;
        found.extend(page);
    }
    store.close();
    found
}

/// Makes room for the journal: the mirror is deleted, file by file, because another tab may write one of them. That tab then
/// stops writing.
pub async fn give_room(name: &str) {
    browser_storage::put(&room_key(name), Some(clock::now().to_string()));
    mark_storage::note_mirrored(name, Mirrored::No);
    let files = Opfs::of(name);
    for file in files.list().await.unwrap_or_default() {
        let is_mark = file.starts_with("mark");
        if !is_mark {
            let _ = files.remove(&file).await;
        }
    }
}

/// Whether the mirror gave its room, and there is still not enough of it.
async fn has_no_room(name: &str) -> bool {
    if browser_storage::text(&room_key(name)).is_none() {
        return false;
    }
    let has_room = persist::free().await.is_some_and(|free| free > ROOM);
    if has_room {
        browser_storage::forget(&room_key(name));
    }
    !has_room
}
