//! Compares an account's entries with the digest that its cached row was computed from: an entry that was changed or
//! removed in the store is noticed before anything is decided on it.

use super::account;
use super::open::Engine;
use super::open_account::OpenAccount;
use super::verification::Damage;
use crate::store::{ChainPosition, DEVICE, Fault, Store};
use journal::{ChainOpened, Line};
use ledger::id::Id;

impl<S: Store> Engine<S> {
    /// Reads and folds one account. When its digest is not that of its row, the account has a fault, and commands on it
    /// are refused.
    pub(super) async fn read_account(&self, customer: &Id) -> Result<OpenAccount, Fault> {
        let mut opened = account::read(&self.store, customer, self.fold).await?;
        let is_damaged = self.state.borrow().damaged.contains(customer);
        if opened.trouble.is_none() && (is_damaged || self.differs(customer, &opened).await?) {
            let why = "its entries are not those that its figures were computed from";
            let name = opened.book.account().row().name;
            opened.trouble = Some(Fault::corrupt(format!("the account of {name}"), why));
        }
        Ok(opened)
    }

    /// Marks the accounts of entries that were changed in the store: commands on them are refused.
    pub fn mark_damaged(&self, damages: &[Damage]) {
        let mut state = self.state.borrow_mut();
        for customer in damages.iter().filter_map(|damage| damage.account.clone()) {
            state.open_accounts.forget(&customer);
            state.damaged.insert(customer);
        }
    }

    /// The letters of the counter that wrote a chain, from its first line.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn letters_of(&self, device: &str, chain: u32) -> Result<Option<String>, Fault> {
        let first = self.store.at(&ChainPosition::new(device, chain, 1)).await?;
        let line = first.as_ref().and_then(|stored| Line::parse(stored.bytes.as_bytes()).ok());
        Ok(line.and_then(|line| Some(ChainOpened::parse(line.kv, line.body.get()).ok()?.letter)))
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
