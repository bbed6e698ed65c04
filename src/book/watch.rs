//! An account that screens look at. Its view is made when one of them looks, not with every press: a press costs what
//! it says, however long the account is.

use super::{Book, Loaded};
use ledger::id::Id;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It is being read.
    NotYet,
    /// It is not in the book.
    Missing,
    /// It was read, and changed so often since.
    Here(u64),
}

/// The account, followed.
#[derive(Debug, Clone)]
pub struct Watch {
    known: ArcRwSignal<Known>,
    view: ArcMemo<Loaded<Arc<AccountView>>>,
}

impl Watch {
    /// Of an account that is yet to be read.
    pub fn new(book: Book, customer: Id) -> Self {
        let known = ArcRwSignal::new(Known::NotYet);
        let from = known.clone();
        let view = ArcMemo::new(move |_| match from.get() {
            Known::NotYet => Loaded::NotYet,
            Known::Missing => Loaded::Missing,
            Known::Here(_) => {
                let view = book.desk().and_then(|desk| desk.view(&customer));
                view.map_or(Loaded::NotYet, |view| Loaded::Here(Arc::new(view)))
            }
        });
        Self { known, view }
    }

    /// What is known of it, tracked; costs nothing.
    pub fn known(&self) -> Known {
        self.known.get()
    }

    /// Its view, tracked.
    pub fn get(&self) -> Loaded<Arc<AccountView>> {
        self.view.get()
    }

    /// It was looked for: it is here, or not in the book at all.
    pub fn found(&self, here: bool) {
        self.known.try_update(|known| {
            *known = match (here, *known) {
                (false, _) => Known::Missing,
                (true, Known::Here(times)) => Known::Here(times + 1),
                (true, _) => Known::Here(0),
            };
        });
    }

    /// It has to be read again first.
    pub fn forget(&self) {
        self.known.try_set(Known::NotYet);
    }
}
