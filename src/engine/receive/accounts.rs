//! Receives a few entries of other devices: folds only the accounts and the shop's figures that they touch, and writes
//! all of it in one transaction. The cost is that of the touched accounts, not of the journal.

use super::arrived::Arrived;
use super::shop::ShopAfter;
use super::told::{Told, judge};
use crate::engine::cache_shape::names_this_shape;
use crate::engine::cache_text::to_text;
use crate::engine::cached::{Cached, with_entry};
use crate::engine::changed::Changed;
use crate::engine::clashes::{CLASHES, Clash, Repeated};
use crate::engine::contribution::Contribution;
use crate::engine::late::{LATE, LATER, Late};
use crate::engine::open::Engine;
use crate::engine::open_account::OpenAccount;
use crate::engine::order_list;
use crate::engine::waits::Waits;
use crate::normalize::normalize;
use crate::store::{Append, CATALOGUE, Fault, SHOP, Store};
use codec::DeviceState;
use ledger::date::Date;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::shop::Shop;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many times it is attempted when other tabs commit meanwhile.
const TRIES: usize = 8;

/// What is read of an account, or of the shop, that some entries touch.
type Touched<'a> = BTreeMap<&'a str, Vec<&'a Arrived>>;

/// The book after the entries: what is written, and what replaces the state in memory.
struct After {
    append: Append,
    device: DeviceState,
    shop: Shop,
    accounts: BTreeMap<Id, OpenAccount>,
    /// Accounts that the entries do not touch, but that share a number or an id with them.
    elsewhere: BTreeMap<Id, OpenAccount>,
    /// All clashes after the entries, if they change.
    clashes: Option<Vec<Clash>>,
    /// All late entries after the entries.
    late: Vec<Late>,
    /// All accounts with an entry that counts after their last business date, after the entries.
    later: BTreeSet<Id>,
}

impl<S: Store> Engine<S> {
    /// Adds entries that are not in the store yet. Returns `None`, and writes nothing, if all caches have to be rebuilt: for an
    /// account that cannot be read, seals that make others void or leave many entries behind them, caches of another format,
    /// and lines of the chain that this device writes.
    pub(super) async fn receive_by_account(
        &self,
        batch: &[Arrived],
        told: &Told,
        (today, now): (Date, u64),
    ) -> Result<Option<Changed>, Fault> {
        let (own, chain) = (self.device().device.to_string(), self.device().chain);
        if batch.iter().any(|Arrived { entry, .. }| entry.at.device == own && entry.at.chain == chain) {
            return Ok(None);
        }
        let mut touched = Touched::new();
        for arrived in batch {
            touched.entry(&arrived.entry.account).or_default().push(arrived);
        }
        for account in told.accounts() {
            if account.is_empty() {
                return Ok(None);
            }
            touched.entry(account).or_default();
        }
        let (mut changed, mut repeated) = (Changed::default(), Repeated::default());
        entries(batch).for_each(|entry| repeated.note(entry.id.as_str(), entry.no.as_deref()));
        for _ in 0..TRIES {
            changed.join(self.catch_up(today).await?);
            if !names_this_shape(&self.state.borrow().caches) {
                return Ok(None);
            }
            let Some(mut after) = self.after(batch, told, &touched, now).await? else { return Ok(None) };
            self.find_clashes(&mut after, batch, &repeated).await?;
            match self.store.append(&after.append).await {
                Err(Fault::Conflict) => {}
                // Entries here have an id or a number of the new ones.
                Err(Fault::IdExists) => {
                    entries(batch).for_each(|entry| repeated.suspect(entry.id.as_str(), entry.no.as_deref()));
                }
                Err(other) => return Err(other),
                Ok(()) => {
                    changed.join(self.replace(after));
                    return Ok(Some(changed));
                }
            }
        }
        Err(Fault::Conflict)
    }

    async fn after(
        &self,
        batch: &[Arrived],
        told: &Told,
        touched: &Touched<'_>,
        now: u64,
    ) -> Result<Option<After>, Fault> {
        let (text, mut device) = {
            let state = self.state.borrow();
            (state.text.clone(), state.device.clone())
        };
        let of_shop = touched.get("").map(Vec::as_slice).unwrap_or_default();
        let Some(ShopAfter { mut shop, mut change, before, behind, late: of_shop }) =
            self.shop_after(of_shop).await?
        else {
            return Ok(None);
        };
        let known = self.state.borrow().late.clone();
        let mut late = with_those_of_shop(&known, of_shop);
        let mut later = self.state.borrow().later.clone();
        let mut touched = touched.clone();
        for account in &behind {
            touched.entry(account).or_default();
        }
        if !touched.is_empty() {
            // Later than before: so the device's state changes, and other tabs notice. The clock is then later than those
            // of the entries too, except those far ahead.
            let orders = batch.iter().map(|arrived| arrived.entry.stored.order);
            let latest = orders.filter(|order| !order.is_ahead(now)).max();
            device.clock = device.clock.merged(latest.unwrap_or_default()).tick(now);
        }
        let mut append = Append {
            expected: Some(text),
            device: to_text(&device)?,
            entries: batch.iter().map(|arrived| arrived.entry.clone()).collect(),
            judged: told.judged().collect(),
            meta: told.meta.clone(),
            ..Append::default()
        };
        let (mut accounts, mut rows) = (BTreeMap::new(), Vec::new());
        for (customer, entries) in touched.iter().filter(|(customer, _)| !customer.is_empty()) {
            let customer = Id::new(customer).map_err(|_| Fault::corrupt("an account", customer))?;
            let mut opened = self.read_account(&customer).await?;
            if opened.trouble.is_some() {
                return Ok(None);
            }
            change.subtract(&Contribution::of_account(&opened.book, &before));
            let waits = opened.waits.clone();
            let orders: Vec<Id> = opened.book.account().order_ids().cloned().collect();
            let is_judged = told.accounts().any(|account| account == customer.as_str());
            if is_judged || entries.iter().any(|arrived| !arrived.entry.at.branch.is_empty()) {
                opened = self.folded_anew(&customer, entries, told).await?;
                if opened.trouble.is_some() {
                    return Ok(None);
                }
            } else {
                for arrived in entries {
                    arrived.record.iter().for_each(|record| drop(opened.book.add(record.clone())));
                    opened.digest = with_entry(opened.digest, arrived.hash);
                }
            }
            opened.waits = Waits::of(opened.book.account());
            opened.waits.write_changes(&waits, &mut append)?;
            order_list::write_all(&customer, opened.book.account(), &orders, &mut append)?;
            change.add(&Contribution::of_account(&opened.book, &shop.seals));
            late.retain(|late| late.customer.as_ref() != Some(&customer));
            late.extend(Late::of_account(&opened.book, &shop));
            if opened.book.counts_later(&shop.seals) {
                later.insert(customer.clone());
            } else {
                later.remove(&customer);
            }
            opened.cached = Cached::of(opened.book.account(), opened.digest);
            rows.push(opened.cached.clone());
            accounts.insert(customer, opened);
        }
        append.pages = self.state.borrow().rows.pages_with(&rows)?;
        shop.add_to_sums(&change.moved());
        append.totals = change.totals();
        append.meta.push((SHOP.into(), to_text(&shop)?));
        self.write_changed(&shop, (late != known).then_some(&late), &mut append)?;
        if later != self.state.borrow().later {
            append.meta.push((LATER.into(), to_text(&later)?));
        }
        let (elsewhere, clashes) = (BTreeMap::new(), None);
        Ok(Some(After { append, device, shop, accounts, elsewhere, clashes, late, later }))
    }

    /// Writes what is kept apart because most entries do not change it.
    fn write_changed(&self, shop: &Shop, late: Option<&Vec<Late>>, append: &mut Append) -> Result<(), Fault> {
        if shop.catalogue != self.shop().catalogue {
            append.meta.push((CATALOGUE.into(), to_text(&*shop.catalogue)?));
        }
        if let Some(late) = late {
            append.meta.push((LATE.into(), to_text(late)?));
        }
        Ok(())
    }

    /// An account with entries of a branch, or with another order or verdict of an entry: lines of two branches may have the
    /// same place, which the fold of all of them tells apart.
    async fn folded_anew(
        &self,
        customer: &Id,
        entries: &[&Arrived],
        told: &Told,
    ) -> Result<OpenAccount, Fault> {
        let mut all = self.store.entries(customer.as_str()).await?;
        judge(&mut all, told);
        all.extend(entries.iter().map(|arrived| arrived.entry.stored.clone()));
        (self.fold)(customer.clone(), all).await
    }

    /// Adds the clashes of the new entries, and removes those that they resolve. When nothing is known to be repeated, the
    /// store checks that their ids and numbers are new.
    async fn find_clashes(
        &self,
        after: &mut After,
        batch: &[Arrived],
        repeated: &Repeated,
    ) -> Result<(), Fault> {
        let known = self.state.borrow().clashes.clone();
        let mut all = known.clone();
        if repeated.is_empty() {
            after.append.new_ids = entries(batch).map(|entry| entry.id.to_string()).collect();
            after.append.new_words =
                entries(batch).filter_map(|entry| entry.no.as_deref().map(normalize)).collect();
        } else {
            let found = repeated.clashes(&self.store, &after.append.entries).await?;
            all.extend(found.into_iter().filter(|clash| !known.contains(clash)));
            for customer in all.iter().flat_map(Clash::customers) {
                if !after.accounts.contains_key(customer) {
                    after.elsewhere.insert(customer.clone(), self.read_account(customer).await?);
                }
            }
        }
        let (touched, elsewhere) = (&after.accounts, &after.elsewhere);
        all.retain(|clash| {
            !clash.is_resolved(|customer| touched.get(customer).or_else(|| elsewhere.get(customer)))
        });
        if all != known {
            after.append.meta.push((CLASHES.into(), to_text(&all)?));
            after.clashes = Some(all);
        }
        Ok(())
    }

    /// Replaces the state in memory, after the entries were written.
    fn replace(&self, after: After) -> Changed {
        let mut state = self.state.borrow_mut();
        let After { append, device, shop, accounts, clashes, late, later, .. } = after;
        state.text.clone_from(&append.device);
        state.device = device;
        state.count_arrivals(&append.entries);
        state.day.add(&append.totals);
        state.orders.iter_mut().for_each(|list| list.take(&append));
        (state.shop, state.late, state.later) = (Arc::new(shop), late, later);
        let mut changed =
            Changed { any: true, accounts: accounts.keys().cloned().collect(), ..Changed::default() };
        if let Some(clashes) = clashes {
            changed.accounts.extend(state.clashes.iter().chain(&clashes).flat_map(Clash::customers).cloned());
            state.clashes = clashes;
        }
        for (customer, opened) in accounts {
            state.put_row(opened.cached.clone());
            state.put_waits(&customer, &opened.waits);
            state.open_accounts.put(customer, opened);
        }
        changed
    }
}

/// The late entries with those of the shop replaced, if its entries changed.
fn with_those_of_shop(known: &[Late], of_shop: Option<Vec<Late>>) -> Vec<Late> {
    let Some(of_shop) = of_shop else { return known.to_vec() };
    known.iter().filter(|late| late.customer.is_some()).cloned().chain(of_shop).collect()
}

fn entries(batch: &[Arrived]) -> impl Iterator<Item = &Entry> {
    batch.iter().filter_map(|arrived| arrived.record.as_ref()).map(|record| &record.entry)
}
