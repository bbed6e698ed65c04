//! The cached fold of one account: the figures that lists and the Counter need.

use crate::store::Fault;
use ledger::account::Account;
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::customer::CustomerRow;
use serde::{Deserialize, Serialize};

/// One row of the `accounts` store. Its figures are only a cache: folding the entries again gives the true ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cached {
    /// The customer, with owed and available credit.
    pub row: CustomerRow,
    /// The amounts that the account's orders owe, by due date; dates on which nothing is owed are left out.
    pub owing: Vec<(Date, Money)>,
}

impl Cached {
    /// Reads the sums of the fold, so the cost does not depend on the length of the account.
    pub fn of(account: &Account) -> Self {
        Self { row: account.row(), owing: account.owing().collect() }
    }

    /// The row as it is stored.
    pub fn to_text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|e| Fault::Other(e.to_string()))
    }

    /// Parses a stored row.
    pub fn from_text(customer: &str, text: &str) -> Result<Self, Fault> {
        serde_json::from_str(text).map_err(|e| Fault::corrupt(format!("account {customer}"), e))
    }
}
