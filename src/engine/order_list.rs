//! All orders of the shop: cached rows, one for each order, so that the list of orders never reads the journal.

use super::cache_text::{parse, to_text};
use crate::store::{Append, Fault, Store, Waiting};
use ledger::account::Account;
use ledger::id::Id;
use ledger::view::order::ListedOrder;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The number of orders that are read without a pause.
const PAGE: u32 = 1_000;

/// All orders, and the list that screens show, once it was needed.
#[derive(Debug, Default)]
pub struct OrderList {
    by_account: BTreeMap<String, BTreeMap<String, Arc<ListedOrder>>>,
    listed: Option<Arc<Vec<Arc<ListedOrder>>>>,
}

impl OrderList {
    /// Reads all of them, a page at a time.
    pub async fn read<S: Store>(store: &S) -> Result<Self, Fault> {
        let (mut list, mut last) = (Self::default(), None);
        loop {
            let page = store.orders(last.as_ref(), PAGE).await?;
            let Some(end) = page.last() else { return Ok(list) };
            last = Some((end.account.clone(), end.id.clone()));
            for Waiting { account, id, value } in page {
                let order = order(&id, &value)?;
                list.by_account.entry(account).or_default().insert(id, order);
            }
        }
    }

    /// Takes over what a commit changed.
    pub fn take(&mut self, append: &Append) {
        if append.orders.is_empty() && append.orders_gone.is_empty() {
            return;
        }
        self.listed = None;
        for (account, id) in &append.orders_gone {
            self.by_account.get_mut(account).and_then(|orders| orders.remove(id));
        }
        for Waiting { account, id, value } in &append.orders {
            // Written a moment ago from an order.
            if let Ok(order) = order(id, value) {
                self.by_account.entry(account.clone()).or_default().insert(id.clone(), order);
            }
        }
    }

    /// Replaces the orders of an account.
    pub fn replace(&mut self, account: &Id, orders: Vec<Arc<ListedOrder>>) {
        self.listed = None;
        let orders = orders.into_iter().map(|order| (order.row.id.to_string(), order)).collect();
        self.by_account.insert(account.to_string(), orders);
    }

    /// All of them, the latest date first; of one date, the highest number first.
    pub fn list(&mut self) -> Arc<Vec<Arc<ListedOrder>>> {
        let listed = self.listed.get_or_insert_with(|| {
            let mut all: Vec<_> =
                self.by_account.values().flat_map(|orders| orders.values().cloned()).collect();
            all.sort_by(|a, b| (b.row.on, &b.row.no, &b.row.id).cmp(&(a.row.on, &a.row.no, &a.row.id)));
            Arc::new(all)
        });
        Arc::clone(listed)
    }
}

/// The stored orders of an account.
pub async fn of_account<S: Store>(store: &S, customer: &Id) -> Result<Vec<Arc<ListedOrder>>, Fault> {
    store.orders_of(customer.as_str()).await?.iter().map(|one| order(&one.id, &one.value)).collect()
}

fn order(id: &str, value: &str) -> Result<Arc<ListedOrder>, Fault> {
    parse(&format!("order {id}"), value).map(Arc::new)
}

/// Writes the orders that the entries of a commit may have changed.
pub fn write_touched(account: &Account, into: &mut Append) -> Result<(), Fault> {
    account.touched_orders().try_for_each(|id| write(account, id, into))
}

/// Writes all orders of an account that was folded again, and takes out those of `before` that it no longer has.
pub fn write_all(customer: &Id, account: &Account, before: &[Id], into: &mut Append) -> Result<(), Fault> {
    account.order_ids().try_for_each(|id| write(account, id, into))?;
    let gone = before.iter().filter(|id| account.listed_order(id).is_none());
    into.orders_gone.extend(gone.map(|id| (customer.to_string(), id.to_string())));
    Ok(())
}

/// Whether the stored orders of an account are those of its entries.
pub async fn is_as_stored<S: Store>(store: &S, customer: &Id, account: &Account) -> Result<bool, Fault> {
    let mut folded = Append::default();
    write_all(customer, account, &[], &mut folded)?;
    let stored = store.orders_of(customer.as_str()).await?;
    let by_id =
        |all: Vec<Waiting>| all.into_iter().map(|one| (one.id, one.value)).collect::<BTreeMap<_, _>>();
    Ok(by_id(stored) == by_id(folded.orders))
}

fn write(account: &Account, id: &Id, into: &mut Append) -> Result<(), Fault> {
    if let Some(order) = account.listed_order(id) {
        let (account, id) = (order.customer.to_string(), id.to_string());
        into.orders.push(Waiting { account, id, value: to_text(&order)? });
    }
    Ok(())
}
