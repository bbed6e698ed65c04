//! Compares an account's entries with the digest that its cached row was computed from: an entry that was changed or
//! removed in the store is noticed before anything is decided on it.

use super::account;
use super::open::Engine;
use super::open_account::OpenAccount;
use crate::store::{DEVICE, Fault, Store};
use ledger::id::Id;

impl<S: Store> Engine<S> {
    /// Reads and folds one account. When its digest is not that of its row, the account has a fault, and commands on it
    /// are refused.
    pub(super) async fn read_account(&self, customer: &Id) -> Result<OpenAccount, Fault> {
        let mut opened = account::read(&self.store, customer, self.fold).await?;
        if opened.trouble.is_none() && self.differs(customer, &opened).await? {
            let why = "its entries are not those that its figures were computed from";
            opened.trouble = Some(Fault::corrupt(format!("account {customer}"), why));
        }
        Ok(opened)
    }

    /// Whether the entries differ from the row. They cannot be compared while another tab has written entries that this
    /// tab has not read yet: the entries are then newer than the row.
    async fn differs(&self, customer: &Id, opened: &OpenAccount) -> Result<bool, Fault> {
        let due = self.state.borrow().rows.all().get(customer).map(|cached| cached.digest);
        if due.is_none_or(|due| due == opened.digest) {
            return Ok(false);
        }
        let arrived = self.store.arrivals().await?;
        let text = self.store.meta(DEVICE).await?;
        let state = self.state.borrow();
        Ok(arrived == state.arrivals && text.as_ref() == Some(&state.text))
    }
}
