//! The cached fold of one account: what lists and the Counter need of it.

use crate::store::Fault;
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::account::AccountView;
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
    /// From the fold.
    pub fn of(view: &AccountView) -> Self {
        let mut owing: Vec<(Date, Money)> = Vec::new();
        let mut due: Vec<_> = view.orders.iter().filter(|order| order.owed.is_positive()).collect();
        due.sort_by_key(|order| order.due.unwrap_or(order.on));
        for order in due {
            let day = order.due.unwrap_or(order.on);
            match owing.last_mut() {
                Some((last, sum)) if *last == day => *sum += order.owed,
                _ => owing.push((day, order.owed)),
            }
        }
        Self { row: view.customer.clone(), owing }
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
