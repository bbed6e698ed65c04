//! Moves the entries of a database of version 1 to the journal of version 2, a piece at a time. Each piece is one
//! transaction, so an entry is in one of the two at any moment; the next opening continues where an interruption ended.

use super::request::settled;
use super::tx::Tx;
use super::{convert, layout, write};
use crate::store::{CACHES, ChainPosition, Fault, NewEntry, StoredEntry};
use journal::Clock;
use js_sys::{Array, Reflect};
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

/// How many entries a transaction moves: few enough that the page stays responsive.
const PIECE: u32 = 500;

/// The index of version 1 over device, chain and number.
const BY_POSITION_1: &str = "place";

/// Moves all entries that are still in the store of version 1.
pub async fn move_all(db: &IdbDatabase) -> Result<(), Fault> {
    if !db.object_store_names().contains(layout::ENTRIES_1) {
        return Ok(());
    }
    while is_left(db).await? {
        let tx = Tx::begin(db, &[layout::ENTRIES_1, layout::JOURNAL, layout::META])?;
        let moved = move_some(&tx).await;
        tx.end(moved).await?;
    }
    Ok(())
}

/// Looked up before a transaction is opened that writes: almost always nothing is left.
async fn is_left(db: &IdbDatabase) -> Result<bool, Fault> {
    let count = db.transaction_with_str(layout::ENTRIES_1)?.object_store(layout::ENTRIES_1)?.count()?;
    Ok(settled(&count).await? != 0)
}

async fn move_some(tx: &Tx) -> Result<(), Fault> {
    // In the order of the chains, so that each chain arrives in its own order.
    let asked = tx.some_of_index(layout::ENTRIES_1, BY_POSITION_1, PIECE)?;
    let found = settled(&asked).await?.unchecked_into::<Array>();
    let entries = found.iter().map(|record| moved(&record)).collect::<Result<Vec<_>, _>>()?;
    for record in found.iter() {
        tx.delete(layout::ENTRIES_1, &old_key(&record)?)?;
    }
    write::add(tx, &entries).await?;
    // The caches of version 1 have another shape; without this value they are rebuilt.
    tx.delete(layout::META, &CACHES.into())
}

fn old_key(record: &JsValue) -> Result<JsValue, Fault> {
    let part = |name: &str| Reflect::get(record, &name.into());
    Ok(Array::of4(&part("account")?, &part("device")?, &part("chain")?, &part("seq")?).into())
}

/// The entry of a record of version 1, with its ids and search words.
fn moved(old: &JsValue) -> Result<NewEntry, Fault> {
    let get = |name: &str| Reflect::get(old, &name.into());
    let text = |name: &str| convert::required_text(layout::ENTRIES_1, &get(name)?);
    let whole =
        |value: &JsValue| convert::number(value).ok_or_else(|| Fault::corrupt(layout::ENTRIES_1, "a number"));
    let words = get("words")?.unchecked_into::<Array>();
    let mut words: Vec<String> = words.iter().filter_map(|word| word.as_string()).collect();
    // Version 1 kept no parts of words, such as the `0092` of `ai-0092`.
    let parts = words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric()).skip(1));
    let parts: BTreeSet<String> = parts.filter(|part| part.len() > 1).map(str::to_owned).collect();
    words.extend(parts.into_iter().filter(|part| !words.contains(part)).collect::<Vec<_>>());
    let order = get("order")?.unchecked_into::<Array>();
    let small = |value: u64| u32::try_from(value).map_err(|_| Fault::corrupt(layout::ENTRIES_1, "a number"));
    let order = Clock(whole(&order.get(0))?, small(whole(&order.get(1))?)?);
    // No endpoint existed that could have refused it or given it a number.
    let stored = StoredEntry::own(text("bytes")?, order);
    let at = ChainPosition::new(&text("device")?, small(whole(&get("chain")?)?)?, whole(&get("seq")?)?);
    Ok(NewEntry { stored, at, account: text("account")?, id: text("id")?, words })
}
