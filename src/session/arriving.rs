//! What screens see of a shop whose history arrives in this browser.

use super::customer_list::CustomerList;
use crate::engine::Balances;
use ledger::money::{Currency, Money};
use std::sync::Arc;

/// How far a counter that joins a shop has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arriving {
    /// The number of entries that are in memory.
    pub read: u64,
    /// The number of entries of the shop, as the endpoint said last.
    pub all: u64,
    /// The number of entries that are stored.
    pub stored: u64,
    /// What the customers owe, once all entries are folded.
    pub balances: Option<Arc<EarlyBalances>>,
}

/// The balances of a shop whose history is here and not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlyBalances {
    /// The name of the shop.
    pub shop: String,
    /// Its currency.
    pub currency: Currency,
    /// Every customer with owed and credit.
    pub customers: CustomerList,
    /// What all customers owe in total.
    pub owed: Money,
    /// Available credit of all customers in total.
    pub credit: Money,
}

impl EarlyBalances {
    /// `None` for a shop without a currency, which has no balances.
    pub(super) fn of(balances: Balances) -> Option<Self> {
        let Balances { shop, rows } = balances;
        let currency = shop.currency.clone()?;
        let (owed, credit) = (rows.iter().map(|row| row.owed).sum(), rows.iter().map(|row| row.credit).sum());
        let mut customers: CustomerList = rows.into_iter().collect();
        customers.mark(&shop);
        Some(Self { shop: shop.name, currency, customers, owed, credit })
    }
}
