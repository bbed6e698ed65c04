//! The state of one customer's account.

use crate::account::cow_map::CowMap;
use crate::account::customer::Customer;
use crate::account::dispute::Dispute;
use crate::account::documents::{Charge, Note, Payment, Payout, Refund};
use crate::account::identity::Identity;
use crate::account::lot::Lot;
use crate::account::numbers::Numbers;
use crate::account::order::Order;
use crate::account::raised::RaisedException;
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The state that the records of one customer fold to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Account {
    pub(crate) customer: Option<Customer>,
    /// The entries of the account by id.
    #[serde(skip)]
    pub(crate) entries: CowMap<AccountEntry>,
    pub(crate) orders: CowMap<Order>,
    /// The orders whose instalments are collected, or were until an endpoint stopped it.
    #[serde(skip)]
    pub(crate) collecting: BTreeSet<Id>,
    pub(crate) payments: CowMap<Payment>,
    pub(crate) charges: CowMap<Charge>,
    pub(crate) lots: CowMap<Lot>,
    pub(crate) notes: CowMap<Note>,
    pub(crate) refunds: CowMap<Refund>,
    pub(crate) payouts: CowMap<Payout>,
    #[serde(skip_serializing_if = "CowMap::is_empty")]
    pub(crate) disputes: CowMap<Dispute>,
    /// Payments whose refund a bank has sent back, and since when; only those that nothing has followed.
    #[serde(skip)]
    pub(crate) sent_back: BTreeMap<Id, Date>,
    pub(crate) raised: Vec<RaisedException>,
    pub(crate) resolved: BTreeSet<(Kind, Id)>,
    /// Ids that entries name and that have not arrived. When a record with one of them arrives, the account is folded
    /// again.
    pub(crate) awaited: BTreeSet<Id>,
    /// The claims that wait for one of these ids.
    pub(crate) waiting: Vec<Id>,
    /// Entries that do not count because an earlier entry has the same id and other content.
    #[serde(skip)]
    pub(crate) clashes: Vec<Arc<Entry>>,
    #[serde(skip)]
    pub(crate) numbers: Numbers,
    /// Σ owed over all orders.
    pub(crate) owed: Money,
    /// Σ O/S of the lots above zero; `to_repay` is that of the lots below zero, as a positive amount.
    pub(crate) credit: Money,
    pub(crate) to_repay: Money,
    /// 1100 and (`payable`) −2100, from the postings.
    pub(crate) receivable: Money,
    pub(crate) payable: Money,
    /// 2110, from the postings.
    pub(crate) transit: Money,
    /// The part of `transit` that was paid out without a pay-out in this account, usually because the pay-out has not
    /// arrived yet.
    pub(crate) unheld: Money,
    /// Credit received from other customers less credit given to them: 2120, from the postings.
    pub(crate) between: Money,
    /// 6310, from the postings: the rounding of money that came in, less that of money that went out.
    pub(crate) rounding: Money,
    /// The part of it that was paid out without a pay-out in this account, with the opposite sign.
    pub(crate) unheld_rounding: Money,
    /// The number of open orders and instalments and what they owe, by the date that their age counts from.
    pub(crate) open: BTreeMap<Date, (u32, Money)>,
    pub(crate) records: u64,
    pub(crate) last: Option<Date>,
    pub(crate) incomplete: bool,
    /// The tax accounts of the rates used so far; orders share them.
    #[serde(skip)]
    pub(crate) rates: Vec<(Rate, BookAccount)>,
    /// The first identity that an entry broke; only a bug in this program sets it.
    pub(crate) broken: Option<Identity>,
}

/// An entry of the account, whether it counts, and the money that it moved.
#[derive(Debug, Clone)]
pub(crate) struct AccountEntry {
    pub(crate) entry: Arc<Entry>,
    pub(crate) state: EntryState,
    /// What it posted to money accounts, in minor units; below zero if money left the shop.
    pub(crate) money: Money,
}

/// Whether an entry counts in the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// The entry counts.
    Counts,
    /// The entry waits for a document that has not arrived: the first that it names.
    Waits(Id),
    /// An endpoint refused the entry: it reserves its id and posts nothing.
    Refused,
}

impl Account {
    /// Whether an entry with this id counts in the account.
    pub(crate) fn has(&self, id: &Id) -> bool {
        self.entries.get(id).is_some_and(|found| found.state == EntryState::Counts)
    }

    /// What all orders owe, by the date that their age counts from.
    pub fn owing(&self) -> impl Iterator<Item = (Date, Money)> {
        self.open.iter().map(|(due, (_, owed))| (*due, *owed))
    }

    /// 2120: credit received from other customers less credit given to them. Over all accounts it is zero.
    #[must_use]
    pub const fn between(&self) -> Money {
        self.between
    }

    /// What one order owes, by the date that its age counts from; `None` if it is not in the account.
    #[must_use]
    pub fn owing_of(&self, order: &Id) -> Option<Vec<(Date, Money)>> {
        self.orders.get(order).map(|order| order.dues(order.owed()).into_vec())
    }

    /// Makes the next copies cheap; see [`CustomerBook::compact`].
    pub(crate) fn compact(&mut self) {
        self.entries.compact();
        self.orders.compact();
        self.payments.compact();
        self.charges.compact();
        self.lots.compact();
        self.notes.compact();
        self.refunds.compact();
        self.payouts.compact();
        self.disputes.compact();
    }

    /// All entries with an id of their own, in the order in which they were folded.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.values().map(|found| &found.entry)
    }

    /// The entry with this id; `None` if it is not in this account.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<&Arc<Entry>> {
        self.entries.get(id).map(|found| &found.entry)
    }

    /// The entries that do not count because an earlier entry has the same id and other content.
    #[must_use]
    pub fn clashes(&self) -> &[Arc<Entry>] {
        &self.clashes
    }

    /// Whether an exception of the account was resolved.
    #[must_use]
    pub fn is_resolved(&self, kind: Kind, entry: &Id) -> bool {
        self.resolved.contains(&(kind, entry.clone()))
    }

    /// What is owed on an order; zero if the order is not in the account.
    pub(crate) fn owed_on(&self, order: &Id) -> Money {
        self.orders.get(order).map_or(Money::ZERO, Order::owed)
    }

    /// What was written off of an order; zero if the order is not in the account.
    pub(crate) fn written_off(&self, order: &Id) -> Money {
        self.orders.get(order).map_or(Money::ZERO, |order| order.written_off)
    }

    /// What is outstanding of a lot; zero if there is no such lot.
    pub(crate) fn os(&self, lot: &Id) -> Money {
        self.lots.get(lot).map_or(Money::ZERO, Lot::os)
    }

    /// The content of the entry with this id.
    pub(crate) fn body(&self, id: &Id) -> Option<&Body> {
        self.entries.get(id).map(|found| &found.entry.body)
    }

    /// The state as JSON: equal on every counter that holds the same records, in whatever order they arrived.
    #[must_use]
    pub fn digest_input(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
