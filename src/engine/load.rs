//! Reads a whole book from its caches.

use super::cache_text::parse;
use super::clashes::{CLASHES, Clash};
use super::day::Day;
use super::late::{LATE, LATER, Late};
use super::open_account::OpenAccounts;
use super::rows::Rows;
use super::state::State;
use super::sums::Sums;
use crate::store::{CACHES, CATALOGUE, DEVICE, Fault, SHOP, Store};
use codec::DeviceState;
use futures_util::future::{join, join4};
use ledger::date::Date;
use ledger::id::Id;
use ledger::shop::Shop;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The book from its caches. All reads are asked for at once, the device's state first: when another tab commits meanwhile,
/// the next commit here finds a changed device state and reads again.
///
/// # Errors
///
/// [`Fault::Corrupt`] when the caches cannot be parsed; faults of the store when it cannot be read.
pub async fn state<S: Store>(store: &S, today: Date) -> Result<Option<State>, Fault> {
    let this = join4(store.meta(DEVICE), store.arrivals(), store.meta(CACHES), shop(store));
    let all = join4(rows(store), Day::read(store, today), clashes(store), join(late(store), later(store)));
    let ((text, arrivals, caches, shop), (rows, day, clashes, (late, later))) = join(this, all).await;
    let Some(text) = text? else { return Ok(None) };
    let device: DeviceState = parse(DEVICE, &text)?;
    let (rows, sums) = rows?;
    Ok(Some(State {
        text,
        arrivals: arrivals?,
        sealed_shop: None,
        caches: caches?.unwrap_or_default(),
        device,
        shop: shop?,
        rows,
        sums,
        queue: None,
        orders: None,
        day: day?,
        open_accounts: OpenAccounts::default(),
        clashes: clashes?,
        late: late?,
        later: later?,
        damaged: BTreeSet::new(),
    }))
}

/// Reads the cached shop with its catalogue.
pub async fn shop<S: Store>(store: &S) -> Result<Arc<Shop>, Fault> {
    let text = store.meta(SHOP).await?.ok_or_else(|| Fault::corrupt(SHOP, "missing"))?;
    let mut shop: Shop = parse(SHOP, &text)?;
    if let Some(text) = store.meta(CATALOGUE).await? {
        shop.catalogue = Arc::new(parse(CATALOGUE, &text)?);
    }
    Ok(Arc::new(shop))
}

/// Reads the documents of different accounts with the same number or id.
pub async fn clashes<S: Store>(store: &S) -> Result<Vec<Clash>, Fault> {
    store.meta(CLASHES).await?.map_or(Ok(Vec::new()), |text| parse(CLASHES, &text))
}

/// Reads the entries that arrived too late for a seal.
pub async fn late<S: Store>(store: &S) -> Result<Vec<Late>, Fault> {
    store.meta(LATE).await?.map_or(Ok(Vec::new()), |text| parse(LATE, &text))
}

/// Reads the accounts with an entry that counts after their last business date.
pub async fn later<S: Store>(store: &S) -> Result<BTreeSet<Id>, Fault> {
    store.meta(LATER).await?.map_or(Ok(BTreeSet::new()), |text| parse(LATER, &text))
}

/// How many pages of accounts are unpacked at once: some milliseconds of work.
const PAGES: u32 = 128;

/// All cached accounts, and their sums.
async fn rows<S: Store>(store: &S) -> Result<(Rows, Sums), Fault> {
    let (mut rows, mut sums) = (Rows::default(), Sums::default());
    let mut put = |pages: Vec<(u32, Vec<u8>)>| rows.put_pages(&pages, &mut sums);
    store.each_page(PAGES, &mut put).await?;
    Ok((rows, sums))
}
