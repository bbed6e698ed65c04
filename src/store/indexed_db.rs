//! The store in the browser: IndexedDB, on web-sys.
//!
//! | store | key | index |
//! | --- | --- | --- |
//! | `entries` | account, device, chain, seq | `place` (device, chain, seq; unique), `on`, `id`, `words` |
//! | `accounts` | customer | |
//! | `totals` | code, party, day | |
//! | `open` | kind, id | |
//! | `meta` | name | |

mod convert;
mod key;
mod layout;
mod open;
mod request;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used)]
mod tests;
mod tx;

use super::append::DEVICE;
use super::{AccountPosition, Append, ChainPosition, Fault, NewEntry, Store, StoredEntry, Waiting};
use js_sys::Array;
use tx::Tx;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbCursorDirection, IdbCursorWithValue, IdbDatabase, IdbIndex, IdbObjectStore, IdbRequest};

/// The open database of one book.
#[derive(Debug, Clone)]
pub struct IndexedDb {
    db: IdbDatabase,
}

impl IndexedDb {
    /// Milliseconds that the browser may take to open a book.
    pub const PATIENCE: u32 = 4_000;

    /// Opens a book, and creates its stores when it is new. `again` runs when it is worth opening the book again: the
    /// browser closed it, another tab upgraded it for a newer version of the app, or the browser answered after the
    /// timeout.
    ///
    /// # Errors
    ///
    /// [`Fault::Blocked`] or [`Fault::OpenTimeout`] after [`Self::PATIENCE`] milliseconds, [`Fault::Newer`] and others.
    pub async fn open(name: &str, again: impl Fn() + 'static) -> Result<Self, Fault> {
        let db = open::open(name, layout::VERSION, Self::PATIENCE, again).await?;
        Ok(Self { db })
    }

    /// The names of all books of this browser, for when the bookmark of the current one is lost.
    ///
    /// # Errors
    ///
    /// When the browser does not list them.
    pub async fn names() -> Result<Vec<String>, Fault> {
        open::names().await
    }

    /// Deletes a book. Other tabs that have it open close it.
    ///
    /// # Errors
    ///
    /// [`Fault::Blocked`] or [`Fault::OpenTimeout`] when another tab does not close it in time.
    pub async fn delete(name: &str) -> Result<(), Fault> {
        open::delete(name, Self::PATIENCE).await
    }

    /// Closes the database.
    pub fn close(&self) {
        self.db.close();
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, Fault> {
        Ok(self.db.transaction_with_str(name)?.object_store(name)?)
    }

    fn index(&self, name: &str) -> Result<IdbIndex, Fault> {
        Ok(self.store(layout::ENTRIES)?.index(name)?)
    }

    async fn value(&self, store: &str, key: &JsValue) -> Result<Option<String>, Fault> {
        let found = request::settled(&self.store(store)?.get(key)?).await?;
        convert::text(store, &found)
    }

    async fn pairs(&self, store: &str) -> Result<Vec<(JsValue, String)>, Fault> {
        let store_ref = self.store(store)?;
        let (keys, values) = (store_ref.get_all_keys()?, store_ref.get_all()?);
        let keys = request::settled(&keys).await?.unchecked_into::<Array>();
        let values = request::settled(&values).await?.unchecked_into::<Array>();
        keys.iter()
            .zip(values.iter())
            .map(|(key, value)| Ok((key, convert::required_text(store, &value)?)))
            .collect()
    }
}

impl Store for IndexedDb {
    async fn meta(&self, name: &str) -> Result<Option<String>, Fault> {
        self.value(layout::META, &name.into()).await
    }

    async fn accounts(&self) -> Result<Vec<(String, String)>, Fault> {
        let pairs = self.pairs(layout::ACCOUNTS).await?;
        Ok(pairs.into_iter().map(|(key, value)| (key.as_string().unwrap_or_default(), value)).collect())
    }

    async fn account(&self, customer: &str) -> Result<Option<String>, Fault> {
        self.value(layout::ACCOUNTS, &customer.into()).await
    }

    async fn entries(&self, account: &str) -> Result<Vec<StoredEntry>, Fault> {
        let range = key::beginning(&[account.into()])?;
        let found = request::settled(&self.store(layout::ENTRIES)?.get_all_with_key(&range)?).await?;
        convert::entries(&found)
    }

    async fn with_id(&self, id: &str) -> Result<Vec<StoredEntry>, Fault> {
        let found = self.index(layout::BY_ID)?.get_all_with_key(&id.into())?;
        convert::entries(&request::settled(&found).await?)
    }

    async fn with_word(&self, beginning: &str, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        let range = key::starting(beginning)?;
        let found = self.index(layout::BY_WORD)?.get_all_with_key_and_limit(&range, limit)?;
        convert::entries(&request::settled(&found).await?)
    }

    async fn after(&self, place: Option<&ChainPosition>, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        let range = place.map_or(Ok(JsValue::UNDEFINED), key::after)?;
        let found = self.index(layout::BY_POSITION)?.get_all_with_key_and_limit(&range, limit)?;
        convert::entries(&request::settled(&found).await?)
    }

    async fn by_account(
        &self,
        behind: Option<&AccountPosition>,
        limit: u32,
    ) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault> {
        let range = behind.map_or(Ok(JsValue::UNDEFINED), key::after_in_account)?;
        let found = self.store(layout::ENTRIES)?.get_all_with_key_and_limit(&range, limit)?;
        convert::entries_with_position(&request::settled(&found).await?)
    }

    async fn at(&self, place: &ChainPosition) -> Result<Option<StoredEntry>, Fault> {
        let found = self.index(layout::BY_POSITION)?.get(&key::place(place))?;
        convert::optional_entry(&request::settled(&found).await?)
    }

    async fn last(&self, device: &str, chain: u32) -> Result<Option<StoredEntry>, Fault> {
        let range = key::beginning(&[device.into(), chain.into()])?;
        let backwards = IdbCursorDirection::Prev;
        let asked =
            self.index(layout::BY_POSITION)?.open_cursor_with_range_and_direction(&range, backwards)?;
        let found = request::settled(&asked).await?;
        let Ok(cursor) = found.dyn_into::<IdbCursorWithValue>() else { return Ok(None) };
        convert::optional_entry(&cursor.value()?)
    }

    async fn totals(&self, places: &[(u16, String, String)]) -> Result<Vec<i64>, Fault> {
        let store = self.store(layout::TOTALS)?;
        let asked: Result<Vec<_>, JsValue> =
            places.iter().map(|(code, party, day)| store.get(&key::total(*code, party, day))).collect();
        let mut sums = Vec::with_capacity(places.len());
        for request in asked? {
            sums.push(convert::sum(&request::settled(&request).await?)?);
        }
        Ok(sums)
    }

    async fn sum(&self, code: u16, party: &str, first: &str, last: &str) -> Result<i64, Fault> {
        let range = key::between(&key::total(code, party, first), &key::total(code, party, last))?;
        let found = request::settled(&self.store(layout::TOTALS)?.get_all_with_key(&range)?).await?;
        found.unchecked_into::<Array>().iter().map(|each| convert::sum(&each)).sum()
    }

    async fn waiting(&self) -> Result<Vec<Waiting>, Fault> {
        let pairs = self.pairs(layout::OPEN).await?;
        let part = |key: &JsValue, at| Array::from(key).get(at).as_string().unwrap_or_default();
        Ok(pairs
            .into_iter()
            .map(|(key, value)| Waiting { kind: part(&key, 0), id: part(&key, 1), value })
            .collect())
    }

    async fn append(&self, append: &Append) -> Result<(), Fault> {
        let entries = append.entries.iter().map(convert::added).collect::<Result<Vec<_>, _>>()?;
        let tx = Tx::begin(&self.db, &layout::ALL)?;
        match write(&tx, append, &entries).await {
            Ok(()) => tx.commit().await,
            Err(fault) => Err(tx.abort_reason(fault)),
        }
    }

    async fn receive(&self, entries: &[NewEntry], (name, value): (&str, &str)) -> Result<(), Fault> {
        let entries = entries.iter().map(convert::added).collect::<Result<Vec<_>, _>>()?;
        let tx = Tx::begin(&self.db, &[layout::ENTRIES, layout::META])?;
        let laid = entries.iter().try_for_each(|entry| tx.add(layout::ENTRIES, entry));
        match laid.and_then(|()| tx.put(layout::META, &name.into(), value)) {
            Ok(()) => tx.commit().await,
            Err(fault) => Err(tx.abort_reason(fault)),
        }
    }
}

/// Sends all requests first and then awaits them in the same order: awaiting each before the next one would cost a
/// round trip to the browser's storage per request.
async fn write(tx: &Tx, append: &Append, entries: &[JsValue]) -> Result<(), Fault> {
    let device = tx.request(layout::META, &DEVICE.into())?;
    let counts = append.new_ids.iter().map(|id| tx.count(layout::ENTRIES, layout::BY_ID, &id.into()));
    let counts = counts.collect::<Result<Vec<_>, _>>()?;
    let sums = if append.rebuild { Vec::new() } else { request_totals(tx, append)? };
    if convert::text(layout::META, &request::settled(&device).await?)? != append.expected {
        return Err(Fault::Conflict);
    }
    for count in counts {
        if request::settled(&count).await? != 0 {
            return Err(Fault::IdExists);
        }
    }
    if append.rebuild {
        [layout::ACCOUNTS, layout::TOTALS, layout::OPEN].iter().try_for_each(|store| tx.clear(store))?;
        put_totals(tx, append).await?;
    }
    for (asked, key, add) in sums {
        let sum = convert::sum(&request::settled(&asked).await?)? + add;
        tx.put(layout::TOTALS, &key, &sum.to_string())?;
    }
    entries.iter().try_for_each(|entry| tx.add(layout::ENTRIES, entry))?;
    write_caches(tx, append).await
}

/// The number of values that are written without a pause.
const CHUNK: usize = 512;

async fn write_caches(tx: &Tx, append: &Append) -> Result<(), Fault> {
    tx.put(layout::META, &DEVICE.into(), &append.device)?;
    append.meta.iter().try_for_each(|(name, value)| tx.put(layout::META, &name.into(), value))?;
    for some in append.accounts.chunks(CHUNK) {
        some.iter().try_for_each(|(id, value)| tx.put(layout::ACCOUNTS, &id.into(), value))?;
        pause(tx, some.len()).await?;
    }
    append.done.iter().try_for_each(|(kind, id)| tx.delete(layout::OPEN, &key::open(kind, id)))?;
    append.waits.iter().try_for_each(|w| tx.put(layout::OPEN, &key::open(&w.kind, &w.id), &w.value))
}

/// Lets the page run between chunks, because rebuilt caches are tens of thousands of values. Awaits a request of the
/// same transaction, which keeps the transaction open.
async fn pause(tx: &Tx, put: usize) -> Result<(), Fault> {
    if put.is_multiple_of(CHUNK) {
        tx.get(layout::META, &DEVICE.into()).await?;
    }
    Ok(())
}

/// The request for a stored sum, its key, and the amount to add.
type PendingSum = (IdbRequest, JsValue, i64);

fn request_totals(tx: &Tx, append: &Append) -> Result<Vec<PendingSum>, Fault> {
    let request = |(key, add): (JsValue, i64)| Ok((tx.request(layout::TOTALS, &key)?, key, add));
    added_up(append).into_iter().map(request).collect()
}

/// Writes the sums of rebuilt caches. The store was cleared, so none is read; there may be sums of ten years.
async fn put_totals(tx: &Tx, append: &Append) -> Result<(), Fault> {
    for (at, (key, sum)) in added_up(append).into_iter().enumerate() {
        tx.put(layout::TOTALS, &key, &sum.to_string())?;
        pause(tx, at + 1).await?;
    }
    Ok(())
}

/// The amounts that a commit adds, summed by key.
fn added_up(append: &Append) -> Vec<(JsValue, i64)> {
    let mut due = std::collections::BTreeMap::new();
    for total in &append.totals {
        *due.entry((total.code, &total.party, &total.day)).or_insert(0) += total.add;
    }
    due.into_iter().map(|((code, party, day), add)| (key::total(code, party, day), add)).collect()
}
