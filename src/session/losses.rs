//! Compares the book with the mark of this browser: what is missing is named, and the device goes on with a new chain.

use super::handle::Session;
use super::note::Note;
use super::state::Stage;
use crate::device::device_store::DeviceStore;
use crate::device::mark::{Loss, Mark};
use crate::device::mark_storage::Mirrored;
use crate::device::right::DeviceRight;
use crate::device::{clock, mark_storage, registry};
use crate::engine::{Engine, NewChain};
use crate::mirror::{Opfs, has_segments, read_mark};
use crate::store::{Fault, IndexedDb};
use codec::DeviceState;
use futures_util::future::join;
use gloo_timers::future::TimeoutFuture;
use journal::Why;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Pauses in milliseconds between attempts to open a store that does not open at that moment.
const PAUSES: [u32; 4] = [100, 300, 900, 1_500];

/// Whether the browser was deleting the store at that moment, so that another attempt may succeed.
fn is_passing(fault: &Fault) -> bool {
    match fault {
        Fault::Closed => true,
        Fault::Other(why) => why.starts_with("AbortError"),
        _ => false,
    }
}

/// What is stored beside the store, in the files of the mirror.
#[derive(Debug, Default)]
pub(super) struct Beside {
    mark: Mark,
    has_mirror: bool,
}

impl Beside {
    /// Reads it; it takes some milliseconds, in which the store can be read.
    pub(super) async fn read(name: &str) -> Self {
        if name == registry::EXAMPLE {
            return Self::default();
        }
        let files = Opfs::of(name);
        let (mark, has_mirror) = join(read_mark(&files), has_segments(&files)).await;
        Self { mark: mark.unwrap_or_default(), has_mirror }
    }
}

impl Session {
    /// Moves the mark forward to the end of the book's chain. Called after every commit, when the entries are on the disk.
    pub(super) fn advance_mark(self, name: &str, engine: &Engine<IndexedDb>) {
        if name != registry::EXAMPLE {
            let device = engine.device();
            let mut mark = mark_storage::read(name, Some(&device));
            mark.advance(&device);
            mark_storage::write(name, mark);
        }
    }

    /// Compares the book with the mark. Entries that are missing are reported, and a new chain is started before anything
    /// is recorded, so that no number is used twice; entries that are back are no longer missing.
    pub(super) async fn check_mark(self, name: &str, engine: &Engine<IndexedDb>) -> Result<(), Fault> {
        let beside = Beside::read(name).await;
        self.check_with(name, engine, beside).await
    }

    /// The same with what was read beside the store.
    pub(super) async fn check_with(
        self,
        name: &str,
        engine: &Engine<IndexedDb>,
        beside: Beside,
    ) -> Result<(), Fault> {
        // The example shop is written again each time it is opened.
        if name == registry::EXAMPLE {
            return Ok(());
        }
        let device = engine.device().clone();
        let mut mark = mark_storage::read(name, Some(&device));
        mark.join(beside.mark);
        self.tell_lost_witnesses(name, &mark, &device, beside.has_mirror);
        // Almost always the two agree, and the book opens without the last part of the program.
        if mark.is_of(&device) {
            self.report(&mark);
            mark_storage::write(name, mark);
            return Ok(());
        }
        (self.lazy.compare_mark)(self, name.to_owned(), engine, mark).await
    }

    /// Compares the book with a mark that says more or less than it. Called through [`Lazy`](super::lazy::Lazy), because its
    /// code may be in another part of the program.
    pub(crate) async fn compare_mark(
        self,
        name: String,
        engine: &Engine<IndexedDb>,
        mut mark: Mark,
    ) -> Result<(), Fault> {
        let (name, device) = (name.as_str(), engine.device().clone());
        compare(engine, &mut mark).await?;
        self.mend_or_tell(name, engine, engine.verify_head().await?).await?;
        let is_own = mark.device.as_ref() == Some(&device.device);
        let is_behind = mark.losses.iter().any(|loss| loss.chain == device.chain);
        if is_own && (is_behind || device.chain < mark.highest_chain()) {
            // The mirror has arrivals that this store never had.
            mark_storage::note_mirrored(name, Mirrored::Anew);
            // Stored first: a page that is closed meanwhile finds the loss again.
            mark_storage::write(name, mark.clone());
            let new = NewChain {
                why: Why::Lost,
                highest: mark.highest_chain(),
                letters: mark.letters(),
                forgets_clock: false,
                drawer: None,
                given: None,
                key: None,
            };
            (self.lazy.start_new_chain)(engine, new, clock::today(), clock::now()).await?;
        }
        if mark.open_losses().next().is_some() {
            // Only after the new chain: what comes back then continues no chain that this device writes.
            self.bring_back(name, engine, &mut mark).await?;
        }
        mark.advance(&engine.device());
        self.report(&mark);
        mark_storage::write(name, mark);
        Ok(())
    }

    /// Says which of the things beside the database are gone.
    fn tell_lost_witnesses(self, name: &str, mark: &Mark, device: &DeviceState, has_mirror: bool) {
        if !mark_storage::is_stored(name) && device.head.is_some_and(|head| head.seq > 1) {
            self.tell(Note::SettingsLost { compared: !mark.chains.is_empty() });
        } else if mark_storage::mirrored(name) == Mirrored::Whole && !has_mirror {
            self.tell(Note::MirrorLost);
        }
    }

    /// Gets back what the mirror has of the missing entries.
    async fn bring_back(self, name: &str, engine: &Engine<IndexedDb>, mark: &mut Mark) -> Result<(), Fault> {
        let brought = (self.lazy.bring_back)(engine, name.to_owned(), clock::today(), clock::now()).await;
        match brought {
            Ok(0) => Ok(()),
            Ok(entries) => {
                self.tell(Note::BroughtBack { entries, all: false });
                compare(engine, mark).await
            }
            // The loss is told, which says more than that the mirror cannot be read.
            Err(_) => Ok(()),
        }
    }

    /// The mark, as both of its places know it.
    pub(super) async fn mark(name: &str, device: Option<&DeviceState>) -> Mark {
        let doubled = read_mark(&Opfs::of(name)).await.unwrap_or_default();
        let mut mark = mark_storage::read(name, device);
        mark.join(doubled);
        mark
    }

    /// Shows the first loss that nobody has accepted; without one, a loss that was shown goes.
    fn report(self, mark: &Mark) {
        match mark.open_losses().next() {
            Some(loss) => self.tell(Note::Fault(rolled_back(loss))),
            None => self.no_longer(|note| matches!(note, Note::Fault(Fault::RolledBack { .. }))),
        }
    }

    /// The open store was closed from elsewhere: opens it again, which finds out what is left. All that the browser stores may
    /// be in the course of being deleted, so what is in memory of it is written before and afterwards.
    pub(super) async fn open_lost(self, name: &str) {
        let engine = self.engine().filter(|_| name != registry::EXAMPLE);
        if let (Some(shop), None) = (registry::left(), registry::bookmark()) {
            // Another tab deletes it, because this counter was taken out of the shop.
            return self.leave_shop(name, &shop).await;
        }
        let mark = engine.as_ref().map(|engine| {
            let device = engine.device();
            let mut mark = mark_storage::read(name, Some(&device));
            mark.advance(&device);
            mark
        });
        let (shop, people) = (self.shop.get_untracked(), self.people.get_untracked());
        let write = || {
            let Some(mark) = &mark else { return };
            if let (None, Some(shop)) = (registry::bookmark(), &shop) {
                let store = DeviceStore(name);
                store.save(&store.people(shop, false), &people);
            }
            registry::remember(name);
            mark_storage::write(name, mark.clone());
        };
        write();
        self.close_if_open(name);
        self.stage.try_set(Stage::Opening);
        if let Err(fault) = self.open_patiently(name).await {
            write();
            // After a deletion Chromium may open nothing more for this page. It does so for a page that is loaded again.
            if is_passing(&fault) {
                note_was_open(name);
                if window().location().reload().is_ok() {
                    return;
                }
            }
            self.stage.try_set(Stage::Failed(fault));
        }
    }

    /// Opens the store, and tries again for some seconds where that may help. Called through [`Lazy`](super::lazy::Lazy), because its
    /// code may be in another part of the program.
    pub(crate) async fn open_patiently(self, name: &str) -> Result<(), Fault> {
        let mut opened = self.open_once(name).await;
        for pause in PAUSES {
            if !opened.as_ref().is_err_and(is_passing) {
                break;
            }
            TimeoutFuture::new(pause).await;
            opened = self.open_once(name).await;
        }
        opened
    }

    /// Opens the store. A store that the browser closed meanwhile is not open.
    async fn open_once(self, name: &str) -> Result<(), Fault> {
        self.inner.try_update_value(|inner| inner.closed_early.clear());
        self.open_named(name.to_owned()).await?;
        match self.inner.try_with_value(|inner| inner.closed_early == name) {
            Some(true) => Err(Fault::Closed),
            _ => Ok(()),
        }
    }

    /// That nothing is left of a store.
    pub(super) fn emptied(self, name: &str) -> Fault {
        let was_open = self.inner.try_with_value(|inner| inner.was_open == name);
        if was_open == Some(true) || was_open_before(name) { Fault::Cleared } else { Fault::Emptied }
    }

    /// The store is empty and there is no backup: goes on without the shop. The mark keeps that all of it is lost.
    pub fn start_anew(self) {
        let Some(name) = registry::bookmark() else { return };
        let mut mark = mark_storage::read(&name, None);
        mark.lose_all();
        // No person is signed in: the device says so itself.
        let by = mark.device.clone().unwrap_or_else(|| self.author().actor);
        mark.accept(&by, clock::now());
        mark_storage::write(&name, mark);
        registry::forget();
        self.stage.try_set(Stage::NoShop);
    }

    /// An admin knows that entries are missing and that no backup has them: the loss is no longer shown. The mark keeps
    /// who said so. Does nothing for others.
    pub fn accept_loss(self) {
        if !self.has_right(&DeviceRight::AcceptLoss) {
            return;
        }
        let name = self.name();
        let mut mark = mark_storage::read(&name, None);
        mark.accept(&self.author().actor, clock::now());
        self.report(&mark);
        mark_storage::write(&name, mark);
    }
}

/// Notes for the page after a reload that it had the store open when the browser deleted it. In the history of the tab, because that is
/// not deleted with the data of the site.
fn note_was_open(name: &str) {
    if let Ok(history) = window().history() {
        // If it cannot be noted, the page says only that the data is gone.
        let _ = history.replace_state_with_url(&JsValue::from_str(name), "", None);
    }
}

/// Whether this page had the store open before it was loaded again.
fn was_open_before(name: &str) -> bool {
    let noted = window().history().and_then(|history| history.state());
    noted.is_ok_and(|noted| noted.as_string().as_deref() == Some(name))
}

fn rolled_back(loss: &Loss) -> Fault {
    let Loss { letter, first, last, since, until, .. } = loss.clone();
    Fault::RolledBack { letter, first, last: last.seq, since, until }
}

/// Notes in the mark which of its chains are not complete in the book.
async fn compare(engine: &Engine<IndexedDb>, mark: &mut Mark) -> Result<(), Fault> {
    let Some(device) = mark.device.clone() else { return Ok(()) };
    let (own, head) = {
        let state = engine.device();
        (state.chain, state.head)
    };
    for marked in mark.chains.clone() {
        // The store knows this line as its last one. If it is not as it was, it is damaged, and the chain goes on.
        if (marked.chain, Some(marked.head)) == (own, head) {
            mark.found(marked.chain);
            continue;
        }
        match engine.missing(&device, marked.chain, marked.head).await? {
            None => mark.found(marked.chain),
            Some(missing) => mark.lose(Loss {
                chain: marked.chain,
                // Version 0.1 did not store the letter.
                letter: match marked.letter {
                    known if !known.is_empty() => known,
                    _ => engine.letters_of(device.as_str(), marked.chain).await?.unwrap_or_default(),
                },
                first: missing.first,
                last: marked.head,
                since: missing.since,
                until: marked.at,
                accepted: None,
            }),
        }
    }
    Ok(())
}
