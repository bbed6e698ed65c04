//! Catches up with other tabs by reading their commits from the journal.

use super::cache_text::parse;
use super::changed::Changed;
use super::day::Day;
use super::open::Engine;
use super::order_list::OrderList;
use super::waits::Queue;
use super::{cache_shape, load};
use crate::store::{CACHES, DEVICE, Fault, Store};
use codec::DeviceState;
use journal::Line;
use ledger::date::Date;
use ledger::id::Id;
use std::collections::BTreeSet;

/// The number of entries that one read returns.
const PAGE: u32 = 256;

impl<S: Store> Engine<S> {
    /// Reads what changed since this tab last read the store. Notices from other tabs may be lost, so call this on
    /// focus too.
    ///
    /// # Errors
    ///
    /// When the store cannot be read; [`Fault::Emptied`] when it no longer holds a book.
    pub async fn refresh(&self, today: Date) -> Result<Changed, Fault> {
        let _turn = self.turn.lock().await;
        self.catch_up(today).await
    }

    pub(super) async fn catch_up(&self, today: Date) -> Result<Changed, Fault> {
        // Read first: the next refresh then finds a commit that is written while the rest is read.
        let text = self.store.meta(DEVICE).await?.ok_or(Fault::Emptied)?;
        let (is_known, is_today) = {
            let state = self.state.borrow();
            (text == state.text, today == state.day.date)
        };
        if is_known && is_today {
            return Ok(Changed::default());
        }
        let day = Day::read(&self.store, today).await?;
        if is_known {
            self.state.borrow_mut().day = day;
            return Ok(Changed { any: true, ..Changed::default() });
        }
        let caches = self.store.meta(CACHES).await?.unwrap_or_default();
        if cache_shape::names_this_shape(&caches) && caches != self.state.borrow().caches {
            self.read_again(today).await?;
            return Ok(Changed::everything());
        }
        let device: DeviceState = parse(DEVICE, &text)?;
        let (arrivals, known) = (self.store.arrivals().await?, self.state.borrow().arrivals.clone());
        if arrivals.life != known.life {
            self.read_again(today).await?;
            return Ok(Changed::everything());
        }
        let accounts = self.accounts_since(known.last).await?;
        let shop = load::shop(&self.store).await?;
        let mut waits = Vec::with_capacity(accounts.len());
        for customer in &accounts {
            waits.push(Queue::of_account(&self.store, customer).await?);
        }
        let orders = self.orders_of(&accounts).await?;
        let (clashes, late) = (load::clashes(&self.store).await?, load::late(&self.store).await?);
        let later = load::later(&self.store).await?;
        self.reload_rows(&accounts).await?;
        {
            let mut state = self.state.borrow_mut();
            (state.text, state.device, state.arrivals) = (text, device, arrivals);
            (state.shop, state.day) = (shop, day);
            accounts.iter().zip(&waits).for_each(|(customer, waits)| state.put_waits(customer, waits));
            (state.clashes, state.late, state.later) = (clashes, late, later);
            if let Some(list) = &mut state.orders {
                orders.into_iter().for_each(|(customer, rows)| list.replace(&customer, rows));
            }
        }
        for customer in &accounts {
            if self.is_open(customer) {
                let opened = self.read_account(customer).await?;
                self.state.borrow_mut().open_accounts.put(customer.clone(), opened);
            }
        }
        Ok(Changed { any: true, accounts, ..Changed::default() })
    }

    /// Reads everything again, after the caches were rebuilt: any account may have new entries.
    pub(super) async fn read_again(&self, today: Date) -> Result<(), Fault> {
        let mut state = load::state(&self.store, today).await?.ok_or(Fault::Emptied)?;
        if self.state.borrow().queue.is_some() {
            state.queue = Some(Queue::read(&self.store).await?);
        }
        if self.state.borrow().orders.is_some() {
            state.orders = Some(OrderList::read(&self.store).await?);
        }
        let mut here = self.state.borrow_mut();
        state.damaged = std::mem::take(&mut here.damaged);
        *here = state;
        Ok(())
    }

    /// The customers whose entries arrived after this.
    async fn accounts_since(&self, arrival: u64) -> Result<BTreeSet<Id>, Fault> {
        let mut touched = BTreeSet::new();
        let note = |line: &Line<'_>| touched.extend(line.account.and_then(|account| Id::new(account).ok()));
        self.each_line_since(arrival, note).await?;
        Ok(touched)
    }

    /// Passes on every line that arrived after this, in the order of arrival.
    pub(super) async fn each_line_since(
        &self,
        mut arrival: u64,
        mut each: impl FnMut(&Line<'_>),
    ) -> Result<(), Fault> {
        loop {
            let page = self.store.arrived_after(arrival, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            arrival = last.arrival;
            let is_last = page.len() < PAGE as usize;
            page.iter()
                .filter_map(|stored| Line::parse(stored.bytes.as_bytes()).ok())
                .for_each(|line| each(&line));
            if is_last {
                return Ok(());
            }
        }
    }

    /// Reads the pages of these accounts, and the pages that may have been added for new ones.
    async fn reload_rows(&self, accounts: &BTreeSet<Id>) -> Result<(), Fault> {
        let (known, last) = {
            let state = self.state.borrow();
            let known = accounts.iter().filter_map(|customer| state.rows.page_of(customer));
            (known.collect::<BTreeSet<_>>(), state.rows.last_page())
        };
        let mut pages = self.store.pages(last).await?;
        for number in known.into_iter().filter(|number| *number < last) {
            pages.extend(self.store.page(number).await?.map(|bytes| (number, bytes)));
        }
        let mut state = self.state.borrow_mut();
        pages.iter().try_for_each(|(number, bytes)| state.put_page(*number, bytes))
    }
}
