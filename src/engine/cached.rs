//! The cached fold of one account: what lists and the Counter need of it.

use crate::store::Fault;
use ledger::account::Account;
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::customer::CustomerRow;
use serde::{Deserialize, Serialize};

/// One row of the `accounts` store. A stored figure is only a cache: refolding the entries proves it right or wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cached {
    /// The customer beside owed and credit.
    pub row: CustomerRow,
    /// What its orders owe, by the day they fall due; days on which nothing is owed are left out.
    pub owing: Vec<(Date, Money)>,
}

impl Cached {
    /// From the fold, whose sums it reads: the account's length does not matter.
    pub fn of(account: &Account) -> Self {
        Self { row: account.row(), owing: account.owing().collect() }
    }

    /// As it is kept.
    pub fn to_text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|e| Fault::Other(e.to_string()))
    }

    /// From what was kept.
    pub fn from_text(customer: &str, text: &str) -> Result<Self, Fault> {
        serde_json::from_str(text).map_err(|e| Fault::corrupt(format!("account {customer}"), e))
    }
}
