//! An account that screens look at. Its view is made when one of them looks, not with every commit: a commit costs what
//! it says, however long the account is.

use super::state::Loaded;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// It is being read.
    Pending,
    /// It is not in the book.
    Missing,
    /// It was read, and changed so often since.
    Read(u64),
}

/// The account, followed.
#[derive(Debug, Clone)]
pub struct Watch {
    status: ArcRwSignal<AccountStatus>,
    view: ArcMemo<Loaded<Arc<AccountView>>>,
}

impl Watch {
    /// Of an account that is yet to be read; `view` makes its view from memory.
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

    /// What is known of it, tracked; costs nothing.
    pub fn status(&self) -> AccountStatus {
        self.status.get()
    }

    /// Its view, tracked.
    pub fn get(&self) -> Loaded<Arc<AccountView>> {
        self.view.get()
    }

    /// It was looked for: it is here, or not in the book at all.
    pub fn set_found(&self, here: bool) {
        self.status.try_update(|status| {
            *status = match (here, *status) {
                (false, _) => AccountStatus::Missing,
                (true, AccountStatus::Read(times)) => AccountStatus::Read(times + 1),
                (true, _) => AccountStatus::Read(0),
            };
        });
    }

    /// It has to be read again first.
    pub fn forget(&self) {
        self.status.try_set(AccountStatus::Pending);
    }
}
