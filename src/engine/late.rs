//! Entries that arrived too late for a seal, and seals that do not count. An account folds without looking at seals, so they
//! are found when entries are received or the caches are rebuilt, and stored with the caches.

use super::account;
use super::open::Engine;
use super::open_account::OpenAccount;
use crate::store::{Fault, Store};
use ledger::date::Date;
use ledger::entry::Entry;
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::Exception;
use ledger::shop::Shop;
use ledger::view::history::HistoryRow;
use serde::{Deserialize, Serialize};

/// The name of the meta value that holds all [`Late`] entries.
pub const LATE: &str = "late";

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

/// A late entry as screens show it.
#[derive(Debug, Clone, PartialEq)]
pub struct LateRow {
    /// What is late.
    pub late: Late,
    /// The entry of an account, in the data of its sentence.
    pub of_account: Option<HistoryRow>,
    /// The entry of the shop.
    pub of_shop: Option<Entry>,
    /// The day of the seal.
    pub sealed: Option<Date>,
    /// Who sealed it.
    pub sealed_by: Option<Id>,
    /// The day on which the entry counts.
    pub counts_on: Option<Date>,
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

impl<S: Store> Engine<S> {
    /// The late entries and void seals that nobody has noted anything about.
    pub fn late(&self) -> Vec<Late> {
        self.state.borrow().late.clone()
    }

    /// At most `limit` of them as screens show them. Their accounts are read.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn late_rows(&self, limit: usize) -> Result<Vec<LateRow>, Fault> {
        let late = self.late();
        let seals = match late.is_empty() {
            true => None,
            false => self.sealed_shop().await?.map(|shop| shop.seals.clone()),
        };
        let mut rows = Vec::new();
        for late in late.into_iter().take(limit) {
            let mut row = LateRow {
                of_account: None,
                of_shop: None,
                sealed: None,
                sealed_by: None,
                counts_on: None,
                late,
            };
            for stored in self.store.with_id(row.late.entry.as_str()).await? {
                let Some(record) = account::record(&stored, &mut None) else { continue };
                if record.entry.customer == row.late.customer {
                    row.counts_on = seals.as_ref().map(|all| all.posting_day(&record.place, record.entry.on));
                    row.of_shop = Some(record.entry).filter(|entry| entry.customer.is_none());
                }
            }
            if let Some(customer) = &row.late.customer {
                self.open_account(customer).await?;
                row.of_account = self.history_row(customer, &row.late.entry);
            }
            if let Some(seal) = &row.late.seal {
                let mut known = seals.iter().flat_map(|all| all.counting());
                row.sealed = known.find(|counts| counts.entry == *seal).map(|counts| counts.day);
                let named = self.store.with_id(seal.as_str()).await?;
                let mut named = named.iter().filter_map(|stored| account::record(stored, &mut None));
                row.sealed_by = named.next().map(|record| record.entry.actor);
            }
            rows.push(row);
        }
        Ok(rows)
    }

    fn history_row(&self, customer: &Id, entry: &Id) -> Option<HistoryRow> {
        let state = self.state.borrow();
        let account = state.open_accounts.get(customer)?.book.account();
        account.row_across_accounts(Kind::LateIntoSealedDay, entry, entry, None).entry
    }
}
