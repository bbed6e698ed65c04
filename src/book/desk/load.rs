//! Reading: a whole book from its caches, one account from its entries.

use super::State;
use super::cached::Cached;
use super::day::Day;
use super::opened::{Opened, Recent};
use super::sums::Sums;
use crate::book::seam;
use crate::store::{CACHES, DEVICE, Fault, Kept, SHOP, Store, Waiting};
use codec::DeviceState;
use codec::decode::{Decoded, NotDecoded, decode};
use journal::Line;
use ledger::date::Date;
use ledger::entry::{Record, Verdict};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::refund::RefundRow;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The book from its caches. The device's state is read first: whatever a press of another tab changes while the
/// rest is read, the next press here finds the state moved and reads again.
pub async fn state<S: Store>(store: &S, today: Date) -> Result<Option<State>, Fault> {
    let Some(text) = store.meta(DEVICE).await? else { return Ok(None) };
    let device: DeviceState = parse(DEVICE, &text)?;
    let caches = store.meta(CACHES).await?.unwrap_or_default();
    let shop = shop(store).await?;
    let rows = rows(store).await?;
    let mut sums = Sums::default();
    rows.values().for_each(|cached| sums.add(cached));
    let queue = queue(store).await?;
    let day = Day::read(store, today).await?;
    Ok(Some(State { text, caches, device, shop, rows, sums, queue, day, recent: Recent::default() }))
}

/// The cached shop.
pub async fn shop<S: Store>(store: &S) -> Result<Arc<Shop>, Fault> {
    let text = store.meta(SHOP).await?.ok_or_else(|| Fault::corrupt(SHOP, "missing"))?;
    parse(SHOP, &text).map(Arc::new)
}

/// All cached accounts.
pub async fn rows<S: Store>(store: &S) -> Result<HashMap<Id, Cached>, Fault> {
    let all = store.accounts().await?;
    let row = |(customer, text): (String, String)| {
        let cached = Cached::from_text(&customer, &text)?;
        Ok((cached.row.id.clone(), cached))
    };
    all.into_iter().map(row).collect()
}

/// What waits, by document.
pub async fn queue<S: Store>(store: &S) -> Result<BTreeMap<Id, (String, RefundRow)>, Fault> {
    let entry = |Waiting { kind, id, value }| {
        let row: RefundRow = parse(&format!("open {id}"), &value)?;
        Ok((row.id.clone(), (kind, row)))
    };
    store.waiting().await?.into_iter().map(entry).collect()
}

/// One account from its entries: one range read, one fold.
pub async fn account<S: Store>(store: &S, customer: &Id) -> Result<Opened, Fault> {
    let kept = store.entries(customer.as_str()).await?;
    seam::folded(customer.clone(), kept).await
}

/// An account from its entries.
pub fn folded(customer: Id, kept: &[Kept]) -> Opened {
    let mut trouble = None;
    let records = kept.iter().filter_map(|kept| record(kept, &mut trouble)).collect();
    Opened::new(CustomerBook::new(customer, records), trouble)
}

/// An entry that cannot be read is put aside and named.
pub fn record(kept: &Kept, trouble: &mut Option<Fault>) -> Option<Record> {
    let verdict = if kept.refused { Verdict::Refused } else { Verdict::Ok };
    let bytes = kept.bytes.as_bytes();
    match decode(bytes, kept.order, verdict) {
        Ok(Decoded::Entry(record)) => Some(*record),
        Ok(Decoded::Chain(_)) => None,
        Err(why) => {
            trouble.get_or_insert_with(|| name(bytes, &why));
            None
        }
    }
}

fn name(bytes: &[u8], why: &NotDecoded) -> Fault {
    let what = Line::parse(bytes).map_or_else(
        |_| "an entry".to_owned(),
        |line| format!("entry {} of chain {} ({})", line.seq, line.chain, line.no.unwrap_or(line.id)),
    );
    Fault::corrupt(what, why)
}

/// A cached value.
pub fn parse<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::corrupt(what, e))
}
