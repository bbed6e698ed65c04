//! One customer in a list. This is the cached row: opening the app reads these, never the journal.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A customer beside what is owed and what is held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CustomerRow {
    pub id: Id,
    pub name: String,
    pub company: bool,
    pub walk_in: bool,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub since: Option<Date>,
    /// Sum of what all orders owe, in minor units; never negative.
    pub owed: Money,
    /// Available credit: lots above zero.
    pub credit: Money,
    /// Credit to be repaid: lots below zero, as a positive amount.
    pub to_repay: Money,
    /// The earliest due (else order) date among orders that owe something.
    pub oldest_due: Option<Date>,
    /// How many records the account has.
    pub records: u64,
    /// Document numbers and references are found through the search index of the store, not here.
    pub last: Option<Date>,
}
