//! One customer's account: a fold of that customer's records, in order, and of nothing else.

use crate::act::customer::AddCustomer;
use crate::body::Body;
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::posting::Moved;
use crate::rate::Rate;
use documents::{Note, Payment, Payout, Refund};
use layered::Layered;
use lot::Lot;
use order::Order;
use raised::Raised;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod as_of;
mod book;
mod check;
pub(crate) mod commission;
pub(crate) mod documents;
pub(crate) mod fold;
pub(crate) mod layered;
pub(crate) mod leg;
pub(crate) mod lot;
pub(crate) mod map;
pub(crate) mod order;
pub(crate) mod raised;
mod remedy;
mod sealed;
mod sequence;
mod transit;
mod waiting;
mod written;

pub use as_of::{AsOf, Open};
pub use book::{CustomerBook, Posted};
pub use check::Identity;
pub use layered::Log;

/// What the records of one customer come to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Account {
    pub(crate) customer: Option<Customer>,
    /// Every id that entries of this account took.
    #[serde(skip)]
    pub(crate) entries: Layered<Known>,
    pub(crate) orders: Layered<Order>,
    pub(crate) payments: Layered<Payment>,
    pub(crate) lots: Layered<Lot>,
    pub(crate) notes: Layered<Note>,
    pub(crate) refunds: Layered<Refund>,
    pub(crate) payouts: Layered<Payout>,
    pub(crate) raised: Vec<Raised>,
    pub(crate) resolved: BTreeSet<(Kind, Id)>,
    /// Ids that entries named and that are not here. Whoever brings one has the account folded again.
    pub(crate) awaited: BTreeSet<Id>,
    /// Claims that wait for one of them.
    pub(crate) waiting: Vec<Id>,
    /// Entries whose id another, earlier one has with other content.
    #[serde(skip)]
    pub(crate) clashes: Vec<Arc<Entry>>,
    /// Σ owed over the orders.
    pub(crate) owed: Money,
    /// Σ O/S of lots above zero, and of those below as a positive amount.
    pub(crate) credit: Money,
    pub(crate) to_repay: Money,
    /// 1100 and −2100, from the postings.
    pub(crate) receivable: Money,
    pub(crate) payable: Money,
    /// 2110, from the postings.
    pub(crate) transit: Money,
    /// Of that, what was paid out that no pay-out here asked for: mostly because it is not here yet.
    pub(crate) unheld: Money,
    /// Orders that owe something, by the date they are aged by: how many, and how much.
    pub(crate) open: BTreeMap<Date, (u32, Money)>,
    pub(crate) records: u64,
    pub(crate) last: Option<Date>,
    pub(crate) incomplete: bool,
    /// The book accounts of the tax rates met so far: every order names one, and there are few.
    #[serde(skip)]
    pub(crate) rates: Vec<(Rate, BookAccount)>,
    /// The first identity that an entry broke. Nothing should ever do so.
    pub(crate) broken: Option<Identity>,
}

/// Who the account belongs to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Customer {
    pub(crate) id: Id,
    pub(crate) added: AddCustomer,
    pub(crate) since: Date,
}

/// An entry of the account, and whether it counts.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) entry: Arc<Entry>,
    pub(crate) standing: Standing,
}

/// What an entry does for the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It counts.
    Counts,
    /// It names something that is not here, this first.
    Waits(Id),
    /// An endpoint refused it: it keeps its id and moves nothing.
    Refused,
}

impl Account {
    /// Whether a document of that id counts here.
    pub(crate) fn has(&self, id: &Id) -> bool {
        self.entries.get(id).is_some_and(|known| known.standing == Standing::Counts)
    }

    /// What all orders owe, by the date they are aged by.
    pub fn owing(&self) -> impl Iterator<Item = (Date, Money)> {
        self.open.iter().map(|(due, (_, owed))| (*due, *owed))
    }

    /// Makes the next copies of it cheap; see [`CustomerBook::settle`].
    pub(crate) fn settle(&mut self) {
        self.entries.settle();
        self.orders.settle();
        self.payments.settle();
        self.lots.settle();
        self.notes.settle();
        self.refunds.settle();
        self.payouts.settle();
    }

    /// Every entry that took an id here, in the sequence in which they came.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.values().map(|known| &known.entry)
    }

    /// The entry that took an id, when it is one of this account's.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<&Arc<Entry>> {
        self.entries.get(id).map(|known| &known.entry)
    }

    /// The entries that do not count because an earlier one has their id and says something else.
    #[must_use]
    pub fn clashes(&self) -> &[Arc<Entry>] {
        &self.clashes
    }

    /// Whether an exception of the account was put away.
    #[must_use]
    pub fn is_resolved(&self, kind: Kind, entry: &Id) -> bool {
        self.resolved.contains(&(kind, entry.clone()))
    }

    /// The account as it would stand after one more entry, and what that would move. For previews, and for
    /// deciding the later of several commands recorded in one press.
    #[must_use]
    pub fn after(&self, entry: Entry) -> (Self, Vec<Moved>) {
        let mut after = self.clone();
        let moved = after.apply(&Arc::new(entry));
        (after, moved)
    }

    /// Takes one more entry at the end; total. An entry that names something not here waits, unless it is a
    /// fact that can be posted without it.
    pub(crate) fn apply(&mut self, entry: &Arc<Entry>) -> Vec<Moved> {
        let on = entry.on;
        sequence::take(self, entry).map(|lines| lines.dated(on).collect()).unwrap_or_default()
    }

    /// Reads out an order's figures.
    pub(crate) fn owed_on(&self, order: &Id) -> Money {
        self.orders.get(order).map_or(Money::ZERO, Order::owed)
    }

    /// What still is outstanding of a lot; nothing where there is none.
    pub(crate) fn os(&self, lot: &Id) -> Money {
        self.lots.get(lot).map_or(Money::ZERO, Lot::os)
    }

    /// The order the credit note, refund or payment was about first, where there is one.
    pub(crate) fn body(&self, id: &Id) -> Option<&Body> {
        self.entries.get(id).map(|known| &known.entry.body)
    }

    /// The state as JSON: equal on every counter that holds the same records, whatever way they came.
    #[must_use]
    pub fn digest_input(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
