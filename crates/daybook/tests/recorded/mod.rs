//! A recorded entry with the book before and after it, and figures computed from the postings.

use codec::memory::Book;
use ledger::code::{BookAccount, Code};
use ledger::entry::{Body, Entry};
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::order::OrderView;
use std::collections::{BTreeMap, BTreeSet};

/// A book before and after an entry, and the net changes that the entry posted.
pub struct Recorded<'a> {
    pub entry: &'a Entry,
    pub before: &'a Book,
    pub after: &'a Book,
    /// Balances, debit positive, summed from the postings.
    was: BTreeMap<BookAccount, Money>,
    is: BTreeMap<BookAccount, Money>,
}

impl<'a> Recorded<'a> {
    pub fn new(entry: &'a Entry, before: &'a Book, after: &'a Book) -> Self {
        Self { entry, before, after, was: before.balances(None), is: after.balances(None) }
    }

    /// The balances of an account before and after.
    pub fn balance(&self, account: &BookAccount) -> (Money, Money) {
        let of = |balances: &BTreeMap<_, _>| balances.get(account).copied().unwrap_or_default();
        (of(&self.was), of(&self.is))
    }

    /// The accounts that the entry changed.
    pub fn moved(&self) -> impl Iterator<Item = &BookAccount> {
        let all: BTreeSet<_> = self.was.keys().chain(self.is.keys()).collect();
        all.into_iter().filter(|account| {
            let (was, is) = self.balance(account);
            was != is
        })
    }

    /// What the entry posted to all accounts of a code, debit positive.
    pub fn posted(&self, code: Code) -> Money {
        let of = |balances: &BTreeMap<BookAccount, Money>| {
            balances.iter().filter(|(account, _)| account.code == code).map(|(_, sum)| *sum).sum::<Money>()
        };
        of(&self.is) - of(&self.was)
    }

    pub fn of_customer(&self, code: Code) -> (Money, Money) {
        self.balance(&BookAccount::of_id(code, self.entry.customer.as_ref().expect("a customer")))
    }

    /// The outstanding amounts of the customer's lots above zero, or with `sign` −1 of those below zero.
    pub fn lots(&self, sign: i64) -> (Money, Money) {
        let of = |book: &Book| {
            let account = self.entry.customer.as_ref().and_then(|customer| book.account(customer));
            let lots = account.into_iter().flat_map(|account| account.lots());
            lots.map(|(_, _, os)| Money((sign * os.0).max(0))).sum()
        };
        (of(self.before), of(self.after))
    }

    /// The original amounts of all lots of the customer.
    pub fn lot_amounts(&self) -> Money {
        let of = |book: &Book| -> Money {
            let account = self.entry.customer.as_ref().and_then(|customer| book.account(customer));
            account.into_iter().flat_map(|account| account.lots()).map(|(_, amount, _)| amount).sum()
        };
        of(self.after) - of(self.before)
    }

    pub fn order(&self, book: &Book, id: &Id) -> Option<OrderView> {
        book.account(self.entry.customer.as_ref()?)?.order(id, book.shop())
    }

    /// A figure of an order before and after; zero before it is placed.
    pub fn of_order(&self, id: &Id, figure: impl Fn(&OrderView) -> Money) -> (Money, Money) {
        let of = |book| self.order(book, id).map_or(Money::ZERO, |order| figure(&order));
        (of(self.before), of(self.after))
    }

    /// The content of the refund that the entry records, issues or approves.
    pub fn refund(&self) -> Option<&ledger::entry::RefundWritten> {
        match &self.entry.body {
            Body::RefundApproved(approved) => self.before.entry(&approved.request)?.body.refund(),
            Body::RefundRequested(_) => None,
            body => body.refund(),
        }
    }

    /// The document whose lot the entry fills, takes from or reverses, if it was granted without an order.
    pub fn is_about_granted_credit(&self) -> bool {
        let lot = match &self.entry.body {
            Body::CreditGranted(_) => return true,
            Body::CreditReversed(reversed) => &reversed.lot,
            Body::CreditWrittenOff(_) => return true,
            _ => return false,
        };
        matches!(self.before.entry(lot).map(|entry| &entry.body), Some(Body::CreditGranted(_)))
    }
}
