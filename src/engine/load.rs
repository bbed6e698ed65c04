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
use ledger::date::Date;
use ledger::id::Id;
use ledger::shop::Shop;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The book from its caches. The device's state is read first: when another tab commits while the rest is read, the
/// next commit here finds a changed device state and reads again.
pub async fn state<S: Store>(store: &S, today: Date) -> Result<Option<State>, Fault> {
    let Some(text) = store.meta(DEVICE).await? else { return Ok(None) };
    let device: DeviceState = parse(DEVICE, &text)?;
    let arrivals = store.arrivals().await?;
    let caches = store.meta(CACHES).await?.unwrap_or_default();
    let shop = shop(store).await?;
    let rows = rows(store).await?;
    let mut sums = Sums::default();
    rows.all().values().for_each(|cached| sums.add(cached));
    let day = Day::read(store, today).await?;
    let (clashes, late, later) = (clashes(store).await?, late(store).await?, later(store).await?);
    Ok(Some(State {
        text,
        arrivals,
        sealed_shop: None,
        caches,
        device,
        shop,
        rows,
        sums,
        queue: None,
        orders: None,
        day,
        open_accounts: OpenAccounts::default(),
        clashes,
        late,
        later,
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

/// Reads all cached accounts.
async fn rows<S: Store>(store: &S) -> Result<Rows, Fault> {
    let pages = store.pages(0).await?;
    let mut rows = Rows::with_pages(pages.len());
    for (page, text) in pages {
        rows.put_page(page, &text)?;
    }
    Ok(rows)
}
