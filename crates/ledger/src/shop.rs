//! The shop: what the records without a customer fold to. Small enough to be cached whole.

use crate::act::shop::{Partner, Role};
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::Record;
use crate::id::Id;
use crate::money::{Currency, Money};
use crate::posting::Moved;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Member {
    pub id: Id,
    pub name: String,
    pub role: Role,
    pub pin: Option<String>,
}

/// Everything about the shop that acts and screens need, and no customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Shop {
    pub name: String,
    pub currency: Option<Currency>,
    pub staff: IndexMap<Id, Member>,
    pub banks: Vec<String>,
    pub partners: IndexMap<Id, Partner>,
    /// The last sealed day.
    pub sealed: Option<Date>,
    /// Shop-wide sums, debit positive: money accounts, partners' payable and accrued. Kept up to date by
    /// [`Shop::moved`] with what accounts and shop entries contribute.
    pub sums: std::collections::BTreeMap<BookAccount, Money>,
}

impl Shop {
    /// Folds one record of the shop; total.
    pub fn add(&mut self, record: &Record) -> Vec<Moved> {
        let _ = record;
        todo!()
    }

    /// Adds what an account contributed to the sums.
    pub fn moved(&mut self, moved: &[Moved]) {
        let _ = moved;
        todo!()
    }

    /// Balance of a book account, debit positive.
    #[must_use]
    pub fn balance(&self, account: &BookAccount) -> Money {
        self.sums.get(account).copied().unwrap_or_default()
    }
}
