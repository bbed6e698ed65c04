//! Catches up with other tabs by reading their commits from the journal.

use super::cache_text::parse;
use super::cached::Cached;
use super::changed::Changed;
use super::day::Day;
use super::open::Engine;
use super::{account, cache_shape, load};
use crate::store::{CACHES, ChainPosition, DEVICE, Fault, Store};
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
        let day = Day::read(&self.store, today).await?;
        if text == self.state.borrow().text {
            let any = std::mem::replace(&mut self.state.borrow_mut().day, day.clone()) != day;
            return Ok(Changed { any, ..Changed::default() });
        }
        let caches = self.store.meta(CACHES).await?.unwrap_or_default();
        if cache_shape::names_this_shape(&caches) && caches != self.state.borrow().caches {
            return self.read_all(today).await;
        }
        let device: DeviceState = parse(DEVICE, &text)?;
        let accounts = self.accounts_changed_until(&device).await?;
        let (shop, queue) = (load::shop(&self.store).await?, load::queue(&self.store).await?);
        for customer in &accounts {
            self.reload_account(customer).await?;
        }
        let mut state = self.state.borrow_mut();
        (state.text, state.device) = (text, device);
        (state.shop, state.queue, state.day) = (shop, queue, day);
        Ok(Changed { any: true, accounts, ..Changed::default() })
    }

    /// Reads everything, after another tab rebuilt the caches: any account may have new entries.
    async fn read_all(&self, today: Date) -> Result<Changed, Fault> {
        let state = load::state(&self.store, today).await?.ok_or(Fault::Emptied)?;
        *self.state.borrow_mut() = state;
        Ok(Changed::everything())
    }

    /// The customers whose entries were added between this tab's head and the head of `device`.
    async fn accounts_changed_until(&self, device: &DeviceState) -> Result<BTreeSet<Id>, Fault> {
        let known = self.device().clone();
        if (&known.device, known.chain) != (&device.device, device.chain) {
            return Ok(load::rows(&self.store).await?.into_keys().collect());
        }
        let (mut touched, mut seq) = (BTreeSet::new(), known.head.map_or(0, |head| head.seq));
        while seq < device.head.map_or(0, |head| head.seq) {
            let place = ChainPosition::new(device.device.as_str(), device.chain, seq);
            let page = self.store.after(Some(&place), PAGE).await?;
            let lines = page.iter().filter_map(|stored| Line::parse(stored.bytes.as_bytes()).ok());
            touched.extend(lines.filter_map(|line| Id::new(line.account?).ok()));
            seq += u64::from(PAGE);
        }
        Ok(touched)
    }

    /// Always reads the cached row; reads the entries only when the account is in memory.
    async fn reload_account(&self, customer: &Id) -> Result<(), Fault> {
        if let Some(text) = self.store.account(customer.as_str()).await? {
            let cached = Cached::from_text(customer.as_str(), &text)?;
            self.state.borrow_mut().put_row(cached);
        }
        if self.state.borrow().open_accounts.get(customer).is_some() {
            let opened = account::read(&self.store, customer, self.fold).await?;
            self.state.borrow_mut().open_accounts.put(customer.clone(), opened);
        }
        Ok(())
    }
}
