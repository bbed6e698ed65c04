//! Opening a book from its caches.

use super::account::{FoldAccount, fold_account};
use super::progress::Progress;
use super::state::State;
use super::{cache_shape, load, rebuild};
use crate::store::{Fault, Store};
use futures_util::lock::Mutex;
use ledger::date::Date;
use std::cell::RefCell;

/// One book, open on one device.
pub struct Engine<S> {
    pub(super) store: S,
    /// Commits and refreshes take turns, so that a slow read never overwrites what a commit has just applied.
    pub(super) turn: Mutex<()>,
    pub(super) state: RefCell<State>,
    pub(super) fold: FoldAccount,
}

impl<S: Store> Engine<S> {
    /// Opens a book from its caches; `None` when the store holds none. Caches of another version of the app, or damaged
    /// ones, are rebuilt from the journal first.
    ///
    /// # Errors
    /// When the store could not be read, or holds what cannot be understood.
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

    /// The same, without a rebuild. `fold` is how accounts are folded; see [`FoldAccount`].
    ///
    /// # Errors
    /// [`Fault::Corrupt`] when the caches are damaged or of another version; when the store could not be read.
    pub async fn from_caches(store: S, today: Date, fold: FoldAccount) -> Result<Option<Self>, Fault> {
        let state = cached(&store, today).await?;
        Ok(state.map(|state| Self::new(store, state, fold)))
    }

    const fn new(store: S, state: State, fold: FoldAccount) -> Self {
        Self { store, turn: Mutex::new(()), state: RefCell::new(state), fold }
    }

    /// The store beneath.
    pub const fn store(&self) -> &S {
        &self.store
    }
}

/// What the caches hold, if they are in the shape of this version.
async fn cached<S: Store>(store: &S, today: Date) -> Result<Option<State>, Fault> {
    match cache_shape::is_current(store).await? {
        true => load::state(store, today).await,
        false => Err(Fault::corrupt("the caches", "kept by another version")),
    }
}
