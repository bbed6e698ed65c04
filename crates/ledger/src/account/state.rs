//! One customer's account: what that customer's records add up to.

use crate::account::cow_map::CowMap;
use crate::account::documents::{Note, Payment, Payout, Refund};
use crate::account::identity::Identity;
use crate::account::lot::Lot;
use crate::account::order::Order;
use crate::account::raised::RaisedException;
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::customer_added::AddCustomer;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the records of one customer come to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Account {
    pub(crate) customer: Option<Customer>,
    /// Every id that entries of this account took.
    #[serde(skip)]
    pub(crate) entries: CowMap<AccountEntry>,
    pub(crate) orders: CowMap<Order>,
    pub(crate) payments: CowMap<Payment>,
    pub(crate) lots: CowMap<Lot>,
    pub(crate) notes: CowMap<Note>,
    pub(crate) refunds: CowMap<Refund>,
    pub(crate) payouts: CowMap<Payout>,
    pub(crate) raised: Vec<RaisedException>,
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
pub(crate) struct AccountEntry {
    pub(crate) entry: Arc<Entry>,
    pub(crate) state: EntryState,
}

/// What an entry does for the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EntryState {
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
        self.entries.get(id).is_some_and(|known| known.state == EntryState::Counts)
    }

    /// What all orders owe, by the date they are aged by.
    pub fn owing(&self) -> impl Iterator<Item = (Date, Money)> {
        self.open.iter().map(|(due, (_, owed))| (*due, *owed))
    }

    /// Makes the next copies of it cheap; see [`CustomerBook::compact`].
    pub(crate) fn compact(&mut self) {
        self.entries.compact();
        self.orders.compact();
        self.payments.compact();
        self.lots.compact();
        self.notes.compact();
        self.refunds.compact();
        self.payouts.compact();
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
