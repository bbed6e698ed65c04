//! Receives a few entries of other devices: folds only the accounts and the shop's figures that they touch, and writes
//! all of it in one transaction. The cost is that of the touched accounts, not of the journal.

use super::words_of_line;
use crate::engine::account;
use crate::engine::cache_shape::{SHAPE, names_this_shape};
use crate::engine::cache_text::to_text;
use crate::engine::cached::Cached;
use crate::engine::changed::Changed;
use crate::engine::contribution::Contribution;
use crate::engine::open::Engine;
use crate::engine::open_account::OpenAccount;
use crate::engine::waits::Waits;
use crate::store::{Append, CACHES, Fault, NewEntry, SHOP, Store, StoredEntry};
use journal::{Clock, Line};
use ledger::date::Date;
use ledger::entry::Record;
use ledger::fold::ShopBook;
use ledger::id::Id;
use ledger::shop::Shop;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many times it is attempted when other tabs commit meanwhile.
const TRIES: usize = 8;

/// Entries of other devices, decoded and by account; those of the shop under `None`.
pub struct Few {
    entries: Vec<NewEntry>,
    records: BTreeMap<Option<Id>, Vec<Record>>,
    /// The latest clock of the entries.
    clock: Clock,
}

impl Few {
    /// Decodes the lines. `None` if one of them was written by this device or cannot be decoded: then all caches are
    /// rebuilt, which deals with both.
    pub fn of(lines: Vec<String>, device: &Id) -> Option<Self> {
        let mut few = Self {
            entries: Vec::with_capacity(lines.len()),
            records: BTreeMap::new(),
            clock: Clock::default(),
        };
        for bytes in lines {
            let line = Line::parse(bytes.as_bytes()).ok().filter(|line| line.device != device.as_str())?;
            let (words, clock) = (words_of_line(&line), line.clock);
            few.clock = few.clock.merged(clock);
            let stored = StoredEntry::own(bytes, clock);
            let mut trouble = None;
            let record = account::record(&stored, &mut trouble);
            if trouble.is_some() {
                return None;
            }
            if let Some(record) = record {
                few.records.entry(record.entry.customer.clone()).or_default().push(record);
            }
            few.entries.push(NewEntry { stored, words });
        }
        Some(few)
    }
}

/// The book after the entries: what is written, and what replaces the state in memory.
struct After {
    append: Append,
    device: codec::DeviceState,
    shop: Shop,
    accounts: BTreeMap<Id, OpenAccount>,
}

impl<S: Store> Engine<S> {
    /// Adds entries that are not in the store yet. Returns `None`, and writes nothing, if they change more than some
    /// accounts: an account that cannot be read, a seal, or caches of another format.
    pub(super) async fn receive_few(
        &self,
        few: &Few,
        today: Date,
        now: u64,
    ) -> Result<Option<Changed>, Fault> {
        let mut changed = Changed::default();
        for _ in 0..TRIES {
            changed.join(self.catch_up(today).await?);
            if !names_this_shape(&self.state.borrow().caches) {
                return Ok(None);
            }
            let Some(after) = self.after(few, now).await? else { return Ok(None) };
            match self.store.append(&after.append).await {
                Err(Fault::Conflict) => {}
                Err(other) => return Err(other),
                Ok(()) => {
                    changed.join(self.replace(after));
                    return Ok(Some(changed));
                }
            }
        }
        Err(Fault::Conflict)
    }

    async fn after(&self, few: &Few, now: u64) -> Result<Option<After>, Fault> {
        let (text, mut device, cached) = {
            let state = self.state.borrow();
            (state.text.clone(), state.device.clone(), state.shop.clone())
        };
        let Some((mut shop, of_shop)) = self.shop_after(few, &cached).await? else { return Ok(None) };
        // Later than the clock of every entry: so the device's state changes, and other tabs notice.
        device.clock = device.clock.merged(few.clock).tick(now);
        let mut change = of_shop;
        let mut append = Append {
            expected: Some(text),
            device: to_text(&device)?,
            entries: few.entries.clone(),
            ..Append::default()
        };
        let mut accounts = BTreeMap::new();
        let of_customers =
            few.records.iter().filter_map(|(customer, records)| Some((customer.as_ref()?, records)));
        for (customer, records) in of_customers {
            let mut opened = account::read(&self.store, customer, self.fold).await?;
            if opened.trouble.is_some() {
                return Ok(None);
            }
            change.subtract(&Contribution::of_account(&opened.book, &shop.seals));
            let before = opened.waits.clone();
            for record in records {
                opened.book.add(record.clone());
            }
            opened.waits = Waits::of(opened.book.account());
            opened.waits.write_changes(&before, &mut append)?;
            change.add(&Contribution::of_account(&opened.book, &shop.seals));
            opened.cached = Cached::of(opened.book.account());
            append.accounts.push((customer.to_string(), opened.cached.to_text()?));
            accounts.insert(customer.clone(), opened);
        }
        shop.add_to_sums(&change.moved());
        append.totals = change.totals();
        append.meta.push((SHOP.into(), to_text(&shop)?));
        append.meta.push((CACHES.into(), format!("{SHAPE} {}.{}", device.clock.0, device.clock.1)));
        Ok(Some(After { append, device, shop, accounts }))
    }

    /// The shop after its own entries, with the sums before any entry, and what its entries contribute. The shop's
    /// records are read only if they are needed: when some of the entries are the shop's, or when a day was sealed.
    async fn shop_after(&self, few: &Few, cached: &Shop) -> Result<Option<(Shop, Contribution)>, Fault> {
        let new = few.records.get(&None).map(Vec::as_slice).unwrap_or_default();
        if new.is_empty() && cached.sealed.is_none() {
            return Ok(Some((cached.clone(), Contribution::default())));
        }
        let (stored, mut trouble) = (self.store.entries("").await?, None);
        let mut book =
            ShopBook::new(stored.iter().filter_map(|each| account::record(each, &mut trouble)).collect());
        let (before, seals) = (Contribution::of_shop(&book), book.shop().seals.clone());
        for record in new {
            book.add(record.clone());
        }
        if trouble.is_some() || book.shop().seals != seals {
            return Ok(None);
        }
        let mut change = Contribution::of_shop(&book);
        change.subtract(&before);
        let shop = Shop { sums: cached.sums.clone(), ..book.shop().clone() };
        Ok(Some((shop, change)))
    }

    /// Replaces the state in memory, after the entries were written.
    fn replace(&self, after: After) -> Changed {
        let mut state = self.state.borrow_mut();
        let After { append, device, shop, accounts } = after;
        state.text.clone_from(&append.device);
        let caches = append.meta.iter().find(|(name, _)| name == CACHES);
        state.caches = caches.map(|(_, text)| text.clone()).unwrap_or_default();
        state.device = device;
        state.day.add(&append.totals);
        state.shop = Arc::new(shop);
        let changed =
            Changed { any: true, accounts: accounts.keys().cloned().collect(), ..Changed::default() };
        for (customer, opened) in accounts {
            state.put_row(opened.cached.clone());
            opened.waits.update_queue(&customer, &mut state.queue);
            state.open_accounts.put(customer, opened);
        }
        changed
    }
}
