//! Publishes the engine's state to the signals. Equal values do not notify.

use super::customer_list::CustomerList;
use super::handle::Session;
use super::note::Note;
use super::signals::set_if_changed;
use super::watch::Watch;
use crate::engine::{Changed, Engine, MOST_OPEN};
use crate::store::IndexedDb;
use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// The maximum number of accounts that screens can watch; as many as the engine keeps in memory.
const WATCHED: usize = MOST_OPEN;

impl Session {
    /// Updates the signals of everything that changed.
    pub(super) fn publish(self, engine: &Rc<Engine<IndexedDb>>, changed: &Changed) {
        if !changed.any {
            return;
        }
        self.wake_mirror();
        self.tell_exchange(engine);
        if changed.all {
            return self.publish_all(engine);
        }
        self.publish_shop(engine);
        let rows: Vec<_> = changed.accounts.iter().filter_map(|customer| engine.row(customer)).collect();
        if !rows.is_empty() {
            self.put_rows(rows);
        }
        self.mark_duplicates(engine);
        for customer in &changed.accounts {
            // Published a moment later: a form that closes after recording is removed by then and does not render the
            // new values first.
            let (engine, customer) = (Rc::clone(engine), customer.clone());
            spawn_local(async move { self.republish_account(&engine, &customer) });
        }
    }

    /// Publishes the shop, its figures, and what waits.
    pub(super) fn publish_shop(self, engine: &Engine<IndexedDb>) {
        let today = self.today.try_get_untracked();
        let shop = engine.shop();
        set_if_changed(self.shop, Some(Arc::clone(&shop)));
        let same =
            |before: &Option<Arc<Shop>>| before.as_ref().is_some_and(|before| has_same_terms(before, &shop));
        if self.terms.try_with_untracked(same) == Some(false) {
            self.terms.try_set(Some(shop));
        }
        set_if_changed(self.late, engine.late());
        self.publish_queue(engine);
        self.publish_orders(engine);
        set_if_changed(self.figures, today.map(|today| engine.figures(today)));
    }

    /// Publishes what waits. The engine keeps the list until it changes, so a list that is the same one is not compared.
    pub(super) fn publish_queue(self, engine: &Engine<IndexedDb>) {
        let (now, at) = (engine.queue(), |queue: &Option<Arc<_>>| queue.as_ref().map(Arc::as_ptr));
        if self.queue.try_with_untracked(|before| at(before) != at(&now)) == Some(true) {
            self.queue.try_set(now);
        }
    }

    /// Publishes all orders, if they were read; the list is the same one until an order changes.
    pub(super) fn publish_orders(self, engine: &Engine<IndexedDb>) {
        let (now, at) = (engine.orders(), |orders: &Option<Arc<_>>| orders.as_ref().map(Arc::as_ptr));
        if self.orders.try_with_untracked(|before| at(before) != at(&now)) == Some(true) {
            self.orders.try_set(now);
        }
    }

    /// Publishes all customers, and every account that a screen watches.
    pub(super) fn publish_all(self, engine: &Engine<IndexedDb>) {
        self.publish_with(engine, customers_of(engine));
    }

    /// The same with the list of all customers.
    pub(super) fn publish_with(self, engine: &Engine<IndexedDb>, list: CustomerList) {
        self.publish_shop(engine);
        set_if_changed(self.customers, Arc::new(list));
        let watched = self.inner.try_with_value(|inner| inner.watched.keys().cloned().collect::<Vec<_>>());
        watched.into_iter().flatten().for_each(|customer| self.load(customer));
    }

    /// Whether an account is in memory. The engine drops the account that was least recently used, also while a screen
    /// watches it; such an account is read again and published to the screens.
    pub(super) fn is_in_memory(self, customer: &Id) -> bool {
        let Some(engine) = self.engine() else { return false };
        let (here, known) = (engine.is_open(customer), engine.has_customer(customer));
        if !here && known {
            self.load(customer.clone());
        }
        here
    }

    /// The watch of an account, created and loaded on first use. The watches are in the order of their last use, the
    /// most recent last.
    pub(super) fn watch(self, customer: &Id) -> Watch {
        let found = self.inner.try_update_value(|inner| {
            let at = inner.watched.get_index_of(customer)?;
            inner.watched.move_index(at, inner.watched.len() - 1);
            inner.watched.get(customer).cloned()
        });
        if let Some(watch) = found.flatten() {
            return watch;
        }
        let watch = {
            let account = customer.clone();
            Watch::new(move || if self.is_in_memory(&account) { self.engine()?.view(&account) } else { None })
        };
        self.inner.try_update_value(|inner| {
            inner.watched.insert(customer.clone(), watch.clone());
            if inner.watched.len() > WATCHED {
                inner.watched.shift_remove_index(0);
            }
        });
        self.load(customer.clone());
        watch
    }

    /// Screens are notified once, however many customers an import adds.
    fn put_rows(self, rows: Vec<Arc<CustomerRow>>) {
        self.customers.try_update(|list| {
            let list = Arc::make_mut(list);
            rows.into_iter().for_each(|row| list.put(row));
        });
    }

    /// Shows customers as one, or apart again, after their marks changed.
    fn mark_duplicates(self, engine: &Engine<IndexedDb>) {
        let marked = self.customers.try_with_untracked(|list| {
            let mut list = CustomerList::clone(list);
            list.mark(&engine.shop()).then_some(list)
        });
        if let Some(list) = marked.flatten() {
            self.customers.try_set(Arc::new(list));
        }
    }

    fn republish_account(self, engine: &Engine<IndexedDb>, customer: &Id) {
        let watched = self.inner.try_with_value(|inner| inner.watched.get(customer).cloned()).flatten();
        let Some(watch) = watched else { return };
        if engine.is_open(customer) {
            watch.set_found(true);
        } else {
            self.load(customer.clone());
        }
    }

    /// Reads an account and publishes it to the screens that watch it.
    fn load(self, customer: Id) {
        spawn_local(async move {
            let Some(engine) = self.engine() else { return };
            let read = engine.open_account(&customer).await;
            let watched = self.inner.try_with_value(|inner| inner.watched.get(&customer).cloned()).flatten();
            let Some(watch) = watched else { return };
            let trouble = read.err().or_else(|| engine.trouble(&customer));
            trouble.into_iter().for_each(|fault| self.tell(Note::Fault(fault)));
            if engine.is_open(&customer) {
                watch.set_found(engine.has_customer(&customer));
            } else {
                watch.forget();
            }
        });
    }
}

/// All customers, with the marks of duplicates.
pub(super) fn customers_of(engine: &Engine<IndexedDb>) -> CustomerList {
    let mut list: CustomerList = engine.rows_shown().into_iter().collect();
    list.mark(&engine.shop());
    list
}

/// Whether staff, methods and settings are the same.
fn has_same_terms(a: &Shop, b: &Shop) -> bool {
    let people = (&a.owner, &a.staff, &a.partners) == (&b.owner, &b.staff, &b.partners);
    let money = (&a.currency, &a.coin, &a.banks, &a.methods) == (&b.currency, &b.coin, &b.banks, &b.methods);
    let rest =
        (&a.name, a.blind_count, &a.settings, &a.moved) == (&b.name, b.blind_count, &b.settings, &b.moved);
    people && money && rest
}
