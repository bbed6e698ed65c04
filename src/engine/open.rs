//! Opens a book from its caches.

use super::account::{FoldAccount, fold_account};
use super::cache_shape::names_this_shape;
use super::progress::Progress;
use super::state::State;
use super::{load, rebuild};
use crate::store::{Fault, Store};
use futures_util::lock::Mutex;
use ledger::date::Date;
use std::cell::RefCell;

/// One book, open on one device.
pub struct Engine<S> {
    pub(super) store: S,
    /// Commits and refreshes hold this lock, so that a slow read never overwrites what a commit has just applied.
    pub(super) turn: Mutex<()>,
    pub(super) state: RefCell<State>,
    pub(super) fold: FoldAccount,
}

impl<S: Store> Engine<S> {
    /// Opens a book from its caches; `None` when the store holds no book. Caches that are damaged or were written by
    /// another version of the app are first rebuilt from the journal.
    ///
    /// # Errors
    ///
    /// When the store cannot be read, or its content cannot be understood.
    pub async fn open(store: S, today: Date) -> Result<Option<Self>, Fault> {
        let state = match cached(&store, today).await {
            Err(Fault::Corrupt { .. }) => {
                rebuild::caches(&store, today, 0, &mut Progress::new(&mut |_, _| ())).await?;
                load::state(&store, today).await?
            }
            other => other?,
        };
        Ok(state.map(|state| Self::new(store, state, fold_account)))
    }

    /// Opens a book without a rebuild. `fold` folds accounts; see [`FoldAccount`].
    ///
    /// # Errors
    ///
    /// [`Fault::Corrupt`] when the caches are damaged or of another version; faults of the store when it cannot be
    /// read.
    pub async fn from_caches(store: S, today: Date, fold: FoldAccount) -> Result<Option<Self>, Fault> {
        let state = cached(&store, today).await?;
        Ok(state.map(|state| Self::new(store, state, fold)))
    }

    const fn new(store: S, state: State, fold: FoldAccount) -> Self {
        Self { store, turn: Mutex::new(()), state: RefCell::new(state), fold }
    }

    /// The store of this book.
    pub const fn store(&self) -> &S {
        &self.store
    }
}

/// The state that the caches hold, if they have the format of this version.
async fn cached<S: Store>(store: &S, today: Date) -> Result<Option<State>, Fault> {
    let state = load::state(store, today).await?;
    match state {
        Some(state) if !names_this_shape(&state.caches) => {
            Err(Fault::corrupt("the caches", "kept by another version"))
        }
        state => Ok(state),
    }
}
