//! Entries that are found by runs of keys.

use super::group::Group;
use super::key_pages::{self, Asked};
use super::tx::Tx;
use super::{key, layout, request};
use crate::store::key_run::{KeyRun, Sought};
use crate::store::{Fault, StoredEntry};
use js_sys::Uint8Array;
use std::collections::BTreeSet;
use web_sys::IdbDatabase;

/// The pages of keys of one transaction: less than a megabyte.
const PAGES: usize = 64;

/// Adds a run as number `run`, and counts it last.
pub async fn add_run(db: &IdbDatabase, run: u32, keys: KeyRun) -> Result<(), Fault> {
    let mut pages = keys.into_pages().enumerate().peekable();
    while pages.peek().is_some() {
        let tx = Tx::begin(db, &[layout::KEYS])?;
        for (at, page) in pages.by_ref().take(PAGES) {
            let page = page?;
            let key = key_pages::key(run, &page.first, at);
            tx.put_value(layout::KEYS, &key, &Uint8Array::from(page.bytes.as_slice()))?;
        }
        tx.commit().await?;
    }
    let tx = Tx::begin(db, &[layout::META])?;
    tx.put(layout::META, &key_pages::RUNS.into(), &(run + 1).to_string())?;
    tx.commit().await
}

/// At most `limit` entries that the first `runs` runs find, each once.
pub async fn by_runs(
    db: &IdbDatabase,
    runs: u32,
    sought: Sought<'_>,
    limit: u32,
) -> Result<Vec<StoredEntry>, Fault> {
    if runs == 0 {
        return Ok(Vec::new());
    }
    let store = db.transaction_with_str(layout::KEYS)?.object_store(layout::KEYS)?;
    let asked = (0..runs).map(|run| Asked::new(&store, run, sought, limit));
    let (mut places, mut seen) = (Vec::new(), BTreeSet::new());
    for asked in asked.collect::<Result<Vec<_>, _>>()? {
        places.extend(asked.places(sought).await?);
    }
    places.retain(|place| seen.insert(place.clone()));
    places.truncate(limit as usize);
    let journal = db.transaction_with_str(layout::JOURNAL)?.object_store(layout::JOURNAL)?;
    let index = journal.index(layout::BY_POSITION)?;
    let asked = places.iter().map(|place| index.get(&key::place(place)));
    let mut entries = Vec::with_capacity(places.len());
    for (asked, place) in asked.collect::<Result<Vec<_>, _>>()?.into_iter().zip(&places) {
        let found = request::settled(&asked).await?;
        // A line that was lost is found by none of its keys.
        if !found.is_undefined() {
            let members = Group::read(&found)?.members.into_iter();
            entries.extend(members.filter(|each| each.at == *place).map(|each| each.stored));
        }
    }
    Ok(entries)
}

/// Entries in their sequence, each once.
pub fn each_once(found: impl Iterator<Item = StoredEntry>) -> Vec<StoredEntry> {
    let mut seen = BTreeSet::new();
    found.filter(|stored| seen.insert(stored.arrival)).collect()
}
