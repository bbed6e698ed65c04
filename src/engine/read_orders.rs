//! Reads the list of all orders.

use super::open::Engine;
use super::order_list::{OrderList, of_account};
use crate::store::{Fault, Store};
use ledger::id::Id;
use ledger::view::order::ListedOrder;
use std::collections::BTreeSet;
use std::sync::Arc;

impl<S: Store> Engine<S> {
    /// All orders, the latest first; `None` until [`Engine::read_orders`] has read them.
    pub fn orders(&self) -> Option<Arc<Vec<Arc<ListedOrder>>>> {
        self.state.borrow_mut().orders.as_mut().map(OrderList::list)
    }

    /// Reads all orders, unless they were read already.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn read_orders(&self) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        if self.state.borrow().orders.is_none() {
            let orders = OrderList::read(&self.store).await?;
            self.state.borrow_mut().orders = Some(orders);
        }
        Ok(())
    }

    /// The stored orders of accounts that another tab has changed; none before the list of orders is opened.
    pub(super) async fn orders_of(
        &self,
        accounts: &BTreeSet<Id>,
    ) -> Result<Vec<(Id, Vec<Arc<ListedOrder>>)>, Fault> {
        let mut all = Vec::new();
        if self.state.borrow().orders.is_none() {
            return Ok(all);
        }
        for customer in accounts {
            all.push((customer.clone(), of_account(&self.store, customer).await?));
        }
        Ok(all)
    }
}
