//! The one way in for entries of other devices: [`Engine::receive`].
//!
//! A few entries cost the accounts they touch, in one transaction (`accounts.rs`). Many are written in pieces with the
//! caches marked as stale, and the caches are rebuilt once; when that is interrupted, the book is consistent with the
//! entries received so far, and receiving the same entries again continues from there. Into an empty store
//! (`restore.rs`) a whole file is verified, written and folded in one pass; the store counts as a book only after the last
//! step, which is one transaction.

mod accounts;
mod arrived;
mod branches;
mod check;
mod damage;
mod held;
mod join;
mod lines;
mod log;
mod not_received;
mod presses;
mod restore;
mod shop;
mod survey;
mod told;

pub use arrived::Arrived;
pub use check::Checked;
pub use damage::Survey;
pub use join::{Balances, Joining};
pub(super) use lines::Lines;
pub use lines::Source;
pub use not_received::{Flaw, NotReceived};
pub use restore::{NewDevice, Restored};

use super::cache_shape::STALE;
use super::changed::Changed;
use super::open::Engine;
use super::progress::{Phase, Progress};
use super::rebuild;
use crate::store::{CACHES, Fault, Store};
use ledger::date::Date;
use ledger::entry::{Entry, Record};
use ledger::hidden;
use ledger::id::Id;
use presses::WholePresses;
use std::collections::BTreeMap;
use std::sync::Arc;
use told::Told;

/// What a backup would bring into an existing book. Nothing is written yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The name of the shop.
    pub name: String,
    /// The number of good lines.
    pub lines: u64,
    /// The first bad lines, with what is wrong.
    pub bad: Vec<(u64, Flaw)>,
    /// The number of lines that are left out: bad ones, and those that only follow bad ones.
    pub left_out: u64,
    /// Who recorded what is missing here, by counter and person.
    pub by: Vec<Brought>,
    /// Each entry about the shop itself: people, rights, methods and the like.
    pub of_shop: Vec<Entry>,
    /// How many of the missing entries are more than a day ahead of this device's time.
    pub ahead: u64,
    /// How many of them have a text with characters that cannot be seen.
    pub hidden: u64,
    /// Shared, so that a screen that shows a review does not copy them.
    missing: Arc<Vec<Arrived>>,
}

/// The missing entries of one person at one counter.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Brought {
    pub device: Id,
    /// The actor that the lines name. Until lines are signed this is a claim.
    pub actor: Id,
    pub entries: u64,
    /// The first and the last business date.
    pub first: Date,
    pub last: Date,
}

impl Review {
    /// The number of entries that are missing here.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.missing.len()
    }

    fn new(checked: Checked, survey: Survey, now: u64) -> Self {
        let Checked { name, lines, missing, .. } = checked;
        let is_ahead = |arrived: &&Arrived| arrived.entry.stored.order.is_ahead(now);
        let ahead = missing.iter().filter(is_ahead).count() as u64;
        let hides = |arrived: &&Arrived| hidden::replaced(&arrived.entry.stored.bytes).is_some();
        let hidden = missing.iter().filter(hides).count() as u64;
        let mut by = BTreeMap::<(Id, Id), Brought>::new();
        let mut of_shop = Vec::new();
        for Record { place, entry, .. } in missing.iter().filter_map(|arrived| arrived.record.as_ref()) {
            let (device, actor, on) = (place.device.clone(), entry.actor.clone(), entry.on);
            let none =
                || Brought { device: device.clone(), actor: actor.clone(), entries: 0, first: on, last: on };
            let brought = by.entry((device.clone(), actor.clone())).or_insert_with(none);
            brought.entries += 1;
            (brought.first, brought.last) = (brought.first.min(on), brought.last.max(on));
            if entry.customer.is_none() && entry.body.needs_right() {
                of_shop.push(entry.clone());
            }
        }
        let (bad, left_out) = (survey.bad, survey.left_out.len() as u64);
        let by = by.into_values().collect();
        Self { name, lines, bad, left_out, by, of_shop, ahead, hidden, missing: Arc::new(missing) }
    }
}

/// The most entries that are folded account by account; with more, all caches are rebuilt once.
const MOST_FEW: usize = 1_000;

/// How many entries are written in one transaction while the caches are stale.
const PIECE: usize = 500;

impl<S: Store> Engine<S> {
    /// Checks a backup and tells what it would bring. Of a damaged or cut backup, its good lines.
    ///
    /// # Errors
    ///
    /// When it has no good line, is the backup of another shop, or continues this device's own chain; faults of the store.
    pub async fn review(
        &self,
        source: &impl Source,
        now: u64,
        progress: &mut Progress<'_>,
    ) -> Result<Review, NotReceived> {
        let here = self.device().clone();
        let mut survey = Survey::default();
        let checked = match Checked::read(source, &self.store, &here, &survey, progress).await {
            Err(NotReceived::Line(at, flaw)) if flaw != Flaw::OwnChain => {
                let opening = check::opening(&self.store).await?;
                survey = Survey::of(source, &self.store, (Some(&here.shop), opening), progress).await?;
                let checked = Checked::read(source, &self.store, &here, &survey, progress).await;
                match checked {
                    Err(NotReceived::Empty) => return Err(NotReceived::Line(at, flaw)),
                    other => other?,
                }
            }
            other => other?,
        };
        Ok(Review::new(checked, survey, now))
    }

    /// Adds what a review found missing.
    ///
    /// # Errors
    ///
    /// [`Fault::EntryExists`] when another tab received some of it meanwhile; then review it again. Other faults of the store:
    /// entries written before the fault stay in the book.
    pub async fn accept(
        &self,
        review: Review,
        at: (Date, u64),
        progress: &mut Progress<'_>,
    ) -> Result<Changed, Fault> {
        self.receive(Arc::unwrap_or_clone(review.missing), at, progress).await
    }

    /// Adds verified entries of other devices, whole presses only, each with its order and verdict. Accounts in memory
    /// stay there.
    ///
    /// # Errors
    ///
    /// [`Fault::EntryExists`] when one is stored already; then compare again what is missing. Faults of the store.
    pub async fn receive(
        &self,
        batch: Vec<Arrived>,
        (today, now): (Date, u64),
        progress: &mut Progress<'_>,
    ) -> Result<Changed, Fault> {
        let _turn = self.turn.lock().await;
        if batch.is_empty() {
            return Ok(Changed::default());
        }
        if batch.len() <= MOST_FEW
            && let Some(changed) = self.receive_by_account(&batch, &Told::default(), (today, now)).await?
        {
            return Ok(changed);
        }
        let total = batch.len();
        let (mut presses, mut piece) = (WholePresses::default(), Vec::with_capacity(PIECE));
        for (at, arrived) in batch.into_iter().enumerate() {
            piece.extend(presses.take(arrived.entry, arrived.goes_on));
            if piece.len() >= PIECE || at + 1 == total {
                self.store.receive(&piece, (CACHES, STALE)).await?;
                piece.clear();
                progress.report(Phase::Folding, at as u64);
            }
        }
        rebuild::caches(&self.store, today, now, progress).await?;
        self.read_again(today).await?;
        Ok(Changed::everything())
    }
}
