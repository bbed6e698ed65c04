//! An account that screens watch. Its view is computed when a screen reads it, not at every commit, so the cost of a
//! commit does not depend on the length of the account.

use super::state::Loaded;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// It is being read.
    Pending,
    /// It is not in the book.
    Missing,
    /// It was read; counts the changes since then.
    Read(u64),
}

/// A watched account.
#[derive(Debug, Clone)]
pub struct Watch {
    status: ArcRwSignal<AccountStatus>,
    view: ArcMemo<Loaded<Arc<AccountView>>>,
}

impl Watch {
    /// Watches an account that has not been read yet; `view` computes its view from memory.
    pub fn new(view: impl Fn() -> Option<AccountView> + Send + Sync + 'static) -> Self {
        let status = ArcRwSignal::new(AccountStatus::Pending);
        let from = status.clone();
        let view = ArcMemo::new(move |_| match from.get() {
            AccountStatus::Pending => Loaded::Pending,
            AccountStatus::Missing => Loaded::Missing,
            AccountStatus::Read(_) => view().map_or(Loaded::Pending, |view| Loaded::Ready(Arc::new(view))),
        });
        Self { status, view }
    }

    /// What is known about the account, tracked. Does not compute the view.
    pub fn status(&self) -> AccountStatus {
        self.status.get()
    }

    /// The account's view, tracked.
    pub fn get(&self) -> Loaded<Arc<AccountView>> {
        self.view.get()
    }

    /// Sets whether the account, which was looked up, is in the book.
    pub fn set_found(&self, here: bool) {
        self.status.try_update(|status| {
            *status = match (here, *status) {
                (false, _) => AccountStatus::Missing,
                (true, AccountStatus::Read(times)) => AccountStatus::Read(times + 1),
                (true, _) => AccountStatus::Read(0),
            };
        });
    }

    /// Marks the account as not read.
    pub fn forget(&self) {
        self.status.try_set(AccountStatus::Pending);
    }
}
