//! From the desk to the signals: what is equal is not told again.

use super::desk::{Changed, Desk};
use super::watch::Watch;
use super::{Book, Roster};
use crate::store::IndexedDb;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// How many accounts screens may look at; as many as the desk keeps folded.
const WATCHED: usize = super::desk::KEPT;

impl Book {
    /// Tells the screens what changed.
    pub(super) fn publish(self, desk: &Rc<Desk<IndexedDb>>, changed: &Changed) {
        if !changed.any {
            return;
        }
        if changed.all {
            return self.publish_all(desk);
        }
        self.publish_shop(desk);
        for customer in &changed.accounts {
            let row = desk.rows().get(customer).map(|cached| cached.row.clone());
            row.into_iter().for_each(|row| self.put_row(row));
            // A moment later: a form that closes on being recorded is gone by then, and is not made to show them first.
            let (desk, customer) = (Rc::clone(desk), customer.clone());
            spawn_local(async move { self.show_again(&desk, &customer) });
        }
    }

    /// The shop, its figures, and what waits.
    pub(super) fn publish_shop(self, desk: &Desk<IndexedDb>) {
        let today = self.today.try_get_untracked();
        tell(self.shop, Some(desk.shop()));
        tell(self.queue, Arc::new(desk.queue()));
        tell(self.figures, today.map(|today| desk.figures(today)));
    }

    /// All customers anew, and every account that a screen looks at.
    pub(super) fn publish_all(self, desk: &Desk<IndexedDb>) {
        self.publish_shop(desk);
        let roster: Roster = desk.rows().values().map(|cached| cached.row.clone()).collect();
        tell(self.customers, Arc::new(roster));
        let watched = self.inner.try_with_value(|inner| inner.watched.keys().cloned().collect::<Vec<_>>());
        watched.into_iter().flatten().for_each(|customer| self.load(customer));
    }

    /// The signal of an account, made and filled on first use.
    pub(super) fn watch(self, customer: &Id) -> Watch {
        let found = self.inner.try_with_value(|inner| inner.watched.get(customer).cloned()).flatten();
        if let Some(watch) = found {
            return watch;
        }
        let watch = Watch::new(self, customer.clone());
        self.inner.try_update_value(|inner| {
            inner.watched.insert(customer.clone(), watch.clone());
            if inner.watched.len() > WATCHED {
                inner.watched.shift_remove_index(0);
            }
        });
        self.load(customer.clone());
        watch
    }

    fn put_row(self, row: CustomerRow) {
        self.customers.try_update(|roster| Arc::make_mut(roster).put(row));
    }

    fn show_again(self, desk: &Desk<IndexedDb>, customer: &Id) {
        let watched = self.inner.try_with_value(|inner| inner.watched.get(customer).cloned()).flatten();
        let Some(watch) = watched else { return };
        if desk.is_open(customer) {
            watch.found(true);
        } else {
            self.load(customer.clone());
        }
    }

    /// Reads an account and shows it to whoever looks.
    fn load(self, customer: Id) {
        spawn_local(async move {
            let Some(desk) = self.desk() else { return };
            let read = desk.open_account(&customer).await;
            let watched = self.inner.try_with_value(|inner| inner.watched.get(&customer).cloned()).flatten();
            let Some(watch) = watched else { return };
            let trouble = read.err().or_else(|| desk.trouble(&customer));
            if let Some(fault) = trouble {
                self.trouble.try_set(Some(fault));
            }
            if desk.is_open(&customer) {
                watch.found(desk.knows(&customer));
            } else {
                watch.forget();
            }
        });
    }
}

pub(super) fn tell<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, now: T) {
    if signal.try_with_untracked(|told| *told != now) == Some(true) {
        signal.try_set(now);
    }
}
