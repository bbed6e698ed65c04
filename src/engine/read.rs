//! Reads an open book from memory: figures, rows and accounts.

use super::author::Author;
use super::figures::Figures;
use super::open::Engine;
use super::rows::ByCustomer;
use super::waits::Queue;
use crate::store::{Arrivals, Fault, Store};
use codec::DeviceState;
use ledger::account::Account;
use ledger::date::Date;
use ledger::decide::{Context, IdOwner};
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::preview::{Preview, preview};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use ledger::shop::Shop;
use ledger::view::account::AccountView;
use ledger::view::customer::CustomerRow;
use ledger::view::order::OrderView;
use ledger::view::paper::Paper;
use ledger::view::refund::RefundRow;
use std::cell::Ref;
use std::sync::Arc;

/// How many times the queue is read while others may record.
const TRIES: usize = 3;

impl<S: Store> Engine<S> {
    /// The state of the device: chain, head, clock and document numbers.
    pub fn device(&self) -> Ref<'_, DeviceState> {
        Ref::map(self.state.borrow(), |state| &state.device)
    }

    /// The arrivals that this tab knows of.
    pub fn arrivals(&self) -> Arrivals {
        self.state.borrow().arrivals.clone()
    }

    /// The shop.
    pub fn shop(&self) -> Arc<Shop> {
        Arc::clone(&self.state.borrow().shop)
    }

    /// All cached accounts.
    pub fn rows(&self) -> Ref<'_, ByCustomer> {
        Ref::map(self.state.borrow(), |state| state.rows.all())
    }

    /// The row of a customer as lists show it, with the exceptions that the account alone does not know.
    pub fn row(&self, customer: &Id) -> Option<Arc<CustomerRow>> {
        let state = self.state.borrow();
        Some(state.shown(state.rows.all().get(customer)?))
    }

    /// All rows as lists show them.
    pub fn rows_shown(&self) -> Vec<Arc<CustomerRow>> {
        let state = self.state.borrow();
        state.rows.all().values().map(|cached| state.shown(cached)).collect()
    }

    /// Refunds and pay-outs that wait, oldest first; `None` until [`Engine::read_queue`] has read them.
    pub fn queue(&self) -> Option<Arc<Vec<RefundRow>>> {
        self.state.borrow_mut().queue.as_mut().map(Queue::list)
    }

    /// Reads the refunds and pay-outs that wait, unless they were read already.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn read_queue(&self) -> Result<(), Fault> {
        for _ in 0..TRIES {
            if self.state.borrow().queue.is_some() {
                return Ok(());
            }
            // No commit waits for a long queue, so it is read again if there was one meanwhile.
            let before = self.state.borrow().text.clone();
            let queue = Queue::read(&self.store).await?;
            let _turn = self.turn.lock().await;
            let mut state = self.state.borrow_mut();
            if state.text == before && state.queue.is_none() {
                state.queue = Some(queue);
            }
        }
        let _turn = self.turn.lock().await;
        if self.state.borrow().queue.is_none() {
            let queue = Queue::read(&self.store).await?;
            self.state.borrow_mut().queue = Some(queue);
        }
        Ok(())
    }

    /// The Counter's figures. Their cost grows with the number of days on which an amount falls due, not with the
    /// journal.
    pub fn figures(&self, today: Date) -> Figures {
        let state = self.state.borrow();
        state.sums.figures(&state.day, today)
    }

    /// The view of an account; `None` while the account is not in memory.
    pub fn view(&self, customer: &Id) -> Option<AccountView> {
        let state = self.state.borrow();
        let opened = state.open_accounts.get(customer)?;
        let account = opened.book.account();
        let mut view = account.view(&state.shop);
        view.incomplete |= opened.trouble.is_some();
        view.exceptions.extend(state.clashes.iter().filter_map(|clash| {
            let (own, other) = clash.of(customer)?;
            Some(account.row_across_accounts(clash.kind, &own.entry, &other.entry, other.customer.clone()))
        }));
        Some(view)
    }

    /// Whether an account is in memory.
    pub fn is_open(&self, customer: &Id) -> bool {
        self.state.borrow().open_accounts.get(customer).is_some()
    }

    /// The fault of an entry of an account in memory that cannot be read.
    pub fn trouble(&self, customer: &Id) -> Option<Fault> {
        self.state.borrow().open_accounts.get(customer)?.trouble.clone()
    }

    /// Whether the caches contain this customer.
    pub fn has_customer(&self, customer: &Id) -> bool {
        self.state.borrow().rows.contains(customer)
    }

    /// An order of an account in memory.
    pub fn order(&self, customer: &Id, order: &Id) -> Option<OrderView> {
        let state = self.state.borrow();
        state.open_accounts.get(customer)?.book.account().order(order, &state.shop)
    }

    /// A document as it is printed, of an account that is in memory.
    pub fn paper(&self, customer: &Id, document: &Id) -> Option<Paper> {
        let state = self.state.borrow();
        state.open_accounts.get(customer)?.book.paper(&state.shop, document)
    }

    /// The customer before and after a command, without writing.
    ///
    /// # Errors
    ///
    /// The refusal that recording would return; [`Refusal::UnknownCustomer`] when the account is not in memory.
    pub fn preview(&self, command: &Command, author: &Author) -> Result<Preview, Refusal> {
        self.preview_naming(command, author, None)
    }

    /// The same of a command that names an entry outside of the accounts in memory, such as a payment to a partner.
    ///
    /// # Errors
    ///
    /// As [`Engine::preview`].
    pub fn preview_naming(
        &self,
        command: &Command,
        author: &Author,
        named: Option<&Entry>,
    ) -> Result<Preview, Refusal> {
        let state = self.state.borrow();
        let empty = Account::default();
        let account = match &command.customer {
            Some(customer) => state.open_accounts.get(customer).map(|opened| opened.book.account()),
            None => Some(&empty),
        };
        let customer = || command.customer.clone().unwrap_or_else(|| command.id.clone());
        let cx = Context {
            shop: &state.shop,
            account: account.ok_or_else(|| Refusal::UnknownCustomer { customer: customer() })?,
            id_owner: &|id| {
                let entry = named.filter(|entry| entry.id == *id)?.clone();
                Some(IdOwner { entry, clashes: false })
            },
            actor: &author.actor,
            counter: &state.device.drawer,
            today: author.today,
        };
        preview(cx, command)
    }
}
