//! The book at work on one device, without a screen: caches in memory, and the way from a command to the disk.
//!
//! Opening reads cached figures, never the journal. An account is read whole when it is first needed, folded, and
//! kept while it is among the most recent. Every press goes decide → compose → append → apply; what other tabs
//! wrote comes in by [`Desk::refresh`].

mod afresh;
mod backup;
mod cached;
mod chain;
mod day;
mod draft;
mod found;
mod intake;
mod known;
mod load;
mod opened;
mod press;
mod refresh;
mod search;
mod sums;
mod sweep;
mod tally;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests;
mod way;

pub use cached::Cached;
pub use found::Founding;
pub use intake::{Arrival, Checked, Flaw, Merged, NotTaken, Source};
pub use load::folded;
pub use opened::{KEPT, Opened};
pub use press::{Changed, Pressed, Who};
pub use way::{Way, Work};

use crate::book::Figures;
use crate::sort::sort_by;
use crate::store::{Fault, Store};
use codec::DeviceState;
use day::Day;
use futures_util::lock::Mutex;
use ledger::account::Account;
use ledger::date::Date;
use ledger::decide::Context;
use ledger::id::Id;
use ledger::preview::{Preview, preview};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use ledger::shop::Shop;
use ledger::view::account::AccountView;
use ledger::view::order::OrderView;
use ledger::view::refund::RefundRow;
use opened::Recent;
use std::cell::{Ref, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use sums::Sums;

/// One book, open on one device.
pub struct Desk<S> {
    store: S,
    /// Presses and refreshes take turns, so that a slow read never overwrites what a press has just applied.
    turn: Mutex<()>,
    state: RefCell<State>,
}

/// What is held in memory; borrowed between waits, never across one.
struct State {
    /// The device's state as text: what the next append compares.
    text: String,
    /// Which making of the caches it was read from.
    caches: String,
    device: DeviceState,
    shop: Arc<Shop>,
    rows: HashMap<Id, Cached>,
    sums: Sums,
    queue: BTreeMap<Id, (String, RefundRow)>,
    day: Day,
    recent: Recent,
}

/// What the caches hold, if they are in the shape of this version.
async fn kept<S: Store>(store: &S, today: Date) -> Result<Option<State>, Fault> {
    match afresh::in_shape(store).await? {
        true => load::state(store, today).await,
        false => Err(Fault::corrupt("the caches", "kept by another version")),
    }
}

impl<S: Store> Desk<S> {
    /// Opens a book from its caches; `None` when the store holds none. Caches of another version of the app, or damaged
    /// ones, are made afresh from the journal first.
    ///
    /// # Errors
    /// When the store could not be read, or holds what cannot be understood.
    pub async fn open(store: S, today: Date) -> Result<Option<Self>, Fault> {
        let state = match kept(&store, today).await {
            Err(Fault::Corrupt { .. }) => {
                afresh::caches(&store, today, 0, &mut Way::new(&mut |_, _| ())).await?;
                load::state(&store, today).await?
            }
            other => other?,
        };
        Ok(state.map(|state| Self::of(store, state)))
    }

    /// The same, from caches as they are.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] when they are damaged or of another version; when the store could not be read.
    pub async fn as_kept(store: S, today: Date) -> Result<Option<Self>, Fault> {
        let state = kept(&store, today).await?;
        Ok(state.map(|state| Self::of(store, state)))
    }

    fn of(store: S, state: State) -> Self {
        Self { store, turn: Mutex::new(()), state: RefCell::new(state) }
    }

    /// The store beneath.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Where the device stands.
    pub fn device(&self) -> Ref<'_, DeviceState> {
        Ref::map(self.state.borrow(), |state| &state.device)
    }

    /// The shop.
    pub fn shop(&self) -> Arc<Shop> {
        Arc::clone(&self.state.borrow().shop)
    }

    /// All cached accounts.
    pub fn rows(&self) -> Ref<'_, HashMap<Id, Cached>> {
        Ref::map(self.state.borrow(), |state| &state.rows)
    }

    /// Refunds and pay-outs that wait, oldest first.
    pub fn queue(&self) -> Vec<RefundRow> {
        let mut rows: Vec<_> = self.state.borrow().queue.values().map(|(_, row)| row.clone()).collect();
        sort_by(&mut rows, |a, b| (a.on, &a.no, &a.id).cmp(&(b.on, &b.no, &b.id)));
        rows
    }

    /// The Counter's figures. Their cost grows with the days on which something falls due, not with the journal.
    pub fn figures(&self, today: Date) -> Figures {
        let state = self.state.borrow();
        state.sums.figures(&state.day, today)
    }

    /// An account that was read; `None` while it was not.
    pub fn view(&self, customer: &Id) -> Option<AccountView> {
        let state = self.state.borrow();
        let opened = state.recent.get(customer)?;
        let mut view = opened.book.account().view(&state.shop);
        view.incomplete |= opened.trouble.is_some();
        Some(view)
    }

    /// Whether an account was read.
    pub fn is_open(&self, customer: &Id) -> bool {
        self.state.borrow().recent.get(customer).is_some()
    }

    /// What of an account that was read cannot be understood.
    pub fn trouble(&self, customer: &Id) -> Option<Fault> {
        self.state.borrow().recent.get(customer)?.trouble.clone()
    }

    /// Whether there is such a customer, as far as the caches know.
    pub fn knows(&self, customer: &Id) -> bool {
        self.state.borrow().rows.contains_key(customer)
    }

    /// An order of an account that was read.
    pub fn order(&self, customer: &Id, order: &Id) -> Option<OrderView> {
        let state = self.state.borrow();
        state.recent.get(customer)?.book.account().order(order, &state.shop)
    }

    /// Before and after, without writing.
    ///
    /// # Errors
    /// The refusal that recording would meet; [`Refusal::UnknownCustomer`] when the account is not open.
    pub fn preview(&self, command: &Command, who: &Who) -> Result<Preview, Refusal> {
        let state = self.state.borrow();
        let empty = Account::default();
        let account = match &command.customer {
            Some(customer) => state.recent.get(customer).map(|opened| opened.book.account()),
            None => Some(&empty),
        };
        let customer = || command.customer.clone().unwrap_or_else(|| command.id.clone());
        let cx = Context {
            shop: &state.shop,
            account: account.ok_or_else(|| Refusal::UnknownCustomer { customer: customer() })?,
            known: &|_| None,
            actor: &who.actor,
            counter: &state.device.letter,
            today: who.today,
        };
        preview(cx, command)
    }
}
