//! Entries that arrived too late for a seal, and seals that do not count. An account folds without looking at seals, so they
//! are found when entries are received or the caches are rebuilt, and stored with the caches.

use super::open_account::OpenAccount;
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::Exception;
use ledger::shop::Shop;
use serde::{Deserialize, Serialize};

/// The name of the meta value that holds all [`Late`] entries.
pub const LATE: &str = "late";

/// The name of the meta value that holds the accounts with an entry that counts after their last business date
/// ([`CustomerBook::counts_later`]), resolved or not. Reports of later days read them too.
pub const LATER: &str = "later";

/// An entry that arrived too late for a seal, or a seal that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// [`Kind::LateIntoSealedDay`] or [`Kind::SealVoid`].
    pub kind: Kind,
    /// The entry.
    pub entry: Id,
    /// Its account; `None` for an entry of the shop.
    pub customer: Option<Id>,
    /// The seal that it is late for, or the one that counts instead.
    pub seal: Option<Id>,
    /// What the entry changes in all: the sum of its debits in minor units.
    pub amount: Money,
}

impl Late {
    fn of(exception: Exception, customer: Option<&Id>) -> Self {
        let Exception { kind, entry, other, missing, .. } = exception;
        Self { kind, entry, customer: customer.cloned(), seal: other, amount: missing }
    }

    /// Those of an account. The shop has all its seals.
    pub fn of_account(book: &CustomerBook, shop: &Shop) -> Vec<Self> {
        let customer = Some(book.customer());
        book.late(shop).into_iter().map(|found| Self::of(found, customer)).collect()
    }

    /// Those of the shop's own entries.
    pub fn of_shop(book: &ShopBook) -> Vec<Self> {
        let is_about_seals =
            |found: &Exception| matches!(found.kind, Kind::LateIntoSealedDay | Kind::SealVoid);
        book.exceptions().into_iter().filter(is_about_seals).map(|found| Self::of(found, None)).collect()
    }

    /// Whether a note has resolved it.
    pub fn is_resolved<'a>(&self, opened: impl Fn(&Id) -> Option<&'a OpenAccount>, shop: &Shop) -> bool {
        match &self.customer {
            None => shop.is_resolved(self.kind, &self.entry),
            Some(customer) => opened(customer)
                .is_some_and(|opened| opened.book.account().is_resolved(self.kind, &self.entry)),
        }
    }
}
