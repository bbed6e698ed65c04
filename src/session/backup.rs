//! Saves backups, receives them, and knows whether one is due.

use super::backup_state::{BackupState, ReceiveOutcome, ReceiveProgress, ReceiveStep, Received, Saved};
use super::handle::Session;
use super::note::Note;
use super::pin_check::PinCheck;
use crate::device::file::{Chosen, Parts};
use crate::device::mark_storage::{self, LastBackup};
use crate::device::right::DeviceRight;
use crate::device::web_lock::WebLock;
use crate::device::{clock, registry};
use crate::engine::{Changed, Engine, NotReceived, Phase, Progress, Restored, Review, Survey};
use crate::forms::pin::Pin;
use crate::store::{DEVICE, Fault, IndexedDb, Store};
use codec::Opening;
use ledger::date::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use web_sys::File;

/// The number of days without a backup after which one is due.
const DUE: i32 = 7;

impl Session {
    /// Offers a backup of the whole book to the browser as a download, and verifies its entries on the way.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn save_backup(self) -> Result<Saved, Fault> {
        let (engine, name) = (self.open_engine()?, self.name());
        let mut parts = Parts::default();
        let (mut entries, mut damages) = engine.export_pages(|page| parts.push(&page)).await?;
        if self.mend_or_tell(&name, &engine, damages.clone()).await? {
            self.publish(&engine, &Changed::everything());
            parts = Parts::default();
            (entries, damages) = engine.export_pages(|page| parts.push(&page)).await?;
        }
        let today = clock::today();
        parts.save_as(&file_name(&engine.shop().name, today, "jsonl"), "application/jsonl")?;
        let seq = engine.device().head.map_or(0, |head| head.seq);
        self.inner.try_update_value(|inner| inner.offered = Some(LastBackup { on: today, made: true, seq }));
        Ok(Saved { entries, damaged: damages.len() as u64 })
    }

    /// A person has seen the file of the last backup that was offered.
    pub fn confirm_backup(self) {
        let offered = self.inner.try_update_value(|inner| inner.offered.take()).flatten();
        if let Some(backup) = offered {
            mark_storage::note_backup(&self.name(), &backup);
            self.refresh_backup_state();
        }
    }

    /// Takes a step with a backup file: see [`ReceiveStep`].
    ///
    /// # Errors
    ///
    /// What is wrong with the backup. It is then not received.
    pub async fn receive_backup(
        self,
        file: &File,
        step: ReceiveStep,
        progress: WriteSignal<Option<ReceiveProgress>>,
    ) -> Result<ReceiveOutcome, NotReceived> {
        (self.lazy.receive)(self, file.clone(), step, progress).await
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn receive(
        self,
        file: &File,
        step: ReceiveStep,
        progress: WriteSignal<Option<ReceiveProgress>>,
    ) -> Result<ReceiveOutcome, NotReceived> {
        let source = Chosen(file);
        let mut notify = listener(file, progress);
        let mut progress = Progress::new(&mut notify);
        match (self.engine(), step) {
            (None, step) => self.restore(&source, step == ReceiveStep::OnlyGood, &mut progress).await,
            (Some(engine), ReceiveStep::Add { review, pin }) => {
                self.add(&engine, &source, (*review, &pin), &mut progress).await
            }
            (Some(engine), ReceiveStep::Open | ReceiveStep::OnlyGood) => {
                if !self.has_right(&DeviceRight::ReceiveFile) {
                    return Ok(ReceiveOutcome::NotPermitted);
                }
                let review = engine.review(&source, clock::now(), &mut progress).await?;
                Ok(ReceiveOutcome::Review(Box::new(review)))
            }
        }
    }

    /// Whether the open book is backed up and whether a backup is due.
    #[must_use]
    pub fn backup_state(self) -> Signal<Option<BackupState>> {
        self.backup_state.into()
    }

    /// Reads the marks of the last backup again.
    pub(super) fn refresh_backup_state(self) {
        let Some(engine) = self.engine() else { return };
        let (name, today) = (self.name(), clock::today());
        let seq = engine.device().head.map_or(0, |head| head.seq);
        let status = mark_storage::last_backup(&name).unwrap_or_else(|| {
            let begins = LastBackup { on: today, made: false, seq: 0 };
            mark_storage::note_backup(&name, &begins);
            begins
        });
        let old = status.on.days_until(today) >= DUE;
        let own = name != registry::EXAMPLE;
        let state =
            BackupState { last: status.made.then_some(status.on), due: own && old && seq > status.seq };
        self.backup_state.try_set(Some(state));
    }

    /// Adds what an admin has seen, if it is an admin who acts, with their PIN.
    async fn add(
        self,
        engine: &Rc<Engine<IndexedDb>>,
        source: &Chosen<'_>,
        (seen, pin): (Review, &Pin),
        progress: &mut Progress<'_>,
    ) -> Result<ReceiveOutcome, NotReceived> {
        if !self.has_right(&DeviceRight::ReceiveFile) {
            return Ok(ReceiveOutcome::NotPermitted);
        }
        let check = self.check_pin(&self.actor(), pin.digits()).await?;
        if check != PinCheck::Right {
            return Ok(ReceiveOutcome::NotGiven(check));
        }
        let name = self.name();
        let turn = WebLock::acquire(&name).await;
        let (shop, lines, at) = (seen.name.clone(), seen.lines, (clock::today(), clock::now()));
        let (mut added, mut ahead) = (seen.missing() as u64, seen.ahead);
        let changed = match engine.accept(seen, at, progress).await {
            // Another tab received some of it meanwhile: the rest is a part of what the admin saw.
            Err(Fault::EntryExists) => {
                let rest = engine.review(source, clock::now(), progress).await?;
                (added, ahead) = (rest.missing() as u64, rest.ahead);
                engine.accept(rest, at, progress).await?
            }
            other => other?,
        };
        self.publish(engine, &changed);
        let damages = self.inner.try_with_value(|inner| inner.damages.clone()).unwrap_or_default();
        let mended = engine.mend(damages, source, at).await?.lines;
        if mended > 0 {
            self.told_mended(mended);
            self.publish(engine, &Changed::everything());
        }
        self.notify_other_tabs(&name);
        // What was recorded is told first: the mark is also read from files.
        let engine = Rc::clone(engine);
        spawn_local(async move {
            let checked = self.check_mark(&name, &engine).await;
            checked.err().into_iter().for_each(|fault| self.tell(Note::Fault(fault)));
            drop(turn);
        });
        Ok(ReceiveOutcome::Received(Received { shop, lines, added, ahead }))
    }

    async fn restore(
        self,
        source: &Chosen<'_>,
        only_good: bool,
        progress: &mut Progress<'_>,
    ) -> Result<ReceiveOutcome, NotReceived> {
        let name = registry::store_name(&Engine::<IndexedDb>::shop_of(source).await?);
        let store = self.empty_store(&name).await?;
        let by = self.new_device(&name).await;
        let survey = match only_good {
            true => survey(&store, source, progress).await?,
            false => Survey::default(),
        };
        let (engine, restored) = match Engine::restore(store.clone(), source, &by, survey, progress).await {
            Ok(restored) => restored,
            Err(why) => {
                store.close();
                // An incomplete book is not usable. It is deleted here or, if that fails, by the next attempt.
                let _ = IndexedDb::delete(&name).await;
                return match why {
                    NotReceived::Line(..) if !only_good => self.damaged(&name, source, why, progress).await,
                    why => Err(why),
                };
            }
        };
        mark_storage::forget_backup(&name);
        registry::remember(&name);
        // Before the book is compared with the mark: in a new browser, none was lost.
        self.advance_mark(&name, &engine);
        self.make_current(name, engine).await;
        self.request_persistence();
        let Restored { name: shop, lines, ahead } = restored;
        Ok(ReceiveOutcome::Received(Received { shop, lines, added: lines, ahead }))
    }

    /// The bad lines of a file that was not received, if it has good ones that open a shop.
    async fn damaged(
        self,
        name: &str,
        source: &Chosen<'_>,
        why: NotReceived,
        progress: &mut Progress<'_>,
    ) -> Result<ReceiveOutcome, NotReceived> {
        let store = self.empty_store(name).await?;
        let found = survey(&store, source, progress).await;
        store.close();
        let _ = IndexedDb::delete(name).await;
        let Survey { bad, left_out, opens_shop, .. } = found?;
        let left_out = left_out.len() as u64;
        if opens_shop { Ok(ReceiveOutcome::Damaged { bad, left_out }) } else { Err(why) }
    }

    /// Opens a store of that name without a book, after deleting what an interrupted backup left in it.
    pub(super) async fn empty_store(self, name: &str) -> Result<IndexedDb, Fault> {
        let store = self.store(name).await?;
        if store.meta(DEVICE).await?.is_some() {
            store.close();
            return Err(Fault::BookExists);
        }
        store.close();
        IndexedDb::delete(name).await?;
        self.store(name).await
    }
}

/// The bad lines of a file for an empty store.
async fn survey(
    store: &IndexedDb,
    source: &Chosen<'_>,
    progress: &mut Progress<'_>,
) -> Result<Survey, NotReceived> {
    Survey::of(source, store, (None, Opening::default()), progress).await
}

/// A listener that reports the progress in steps of one percent.
fn listener(file: &File, progress: WriteSignal<Option<ReceiveProgress>>) -> impl FnMut(Phase, u64) {
    let size = crate::engine::Source::size(&Chosen(file)).max(1);
    let mut last = None;
    move |phase, done| {
        let percent = (phase != Phase::Folding).then(|| (done * 100 / size).min(100));
        let now = Some(ReceiveProgress { phase, percent });
        if now != last {
            last = now;
            progress.try_set(now);
        }
    }
}

/// `Harbour Cycles 2026-03-02.jsonl` for the ending `jsonl`, without characters that file systems do not accept.
pub(super) fn file_name(shop: &str, today: Date, ending: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '&' | '\'') { c } else { ' ' };
    let shop: String = shop.chars().map(plain).collect();
    format!("{} {today}.{ending}", shop.trim())
}
