//! The store in the browser: IndexedDB, on web-sys.
//!
//! | store | key | index |
//! | --- | --- | --- |
//! | `journal` | account, arrival of the last entry | `arrival` (the same; unique), `place` (each device, chain, branch, seq; unique), `keys` (ids, search words) |
//! | `accounts` | number of the page | |
//! | `totals` | code, party, month | |
//! | `open` | account, id | |
//! | `orders` | account, id | |
//! | `keys` | run, first key of the page, number of the page | |
//! | `meta` | name | |

mod convert;
mod device_keys;
mod group;
mod key;
mod key_pages;
mod layout;
mod lookup;
mod month;
mod move_entries;
mod open;
mod records;
mod request;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used)]
mod tests;
mod tx;
mod write;

use super::key_run::{KeyRun, Sought, id_key, word_key};
use super::{
    AccountPosition, Append, Arrivals, ChainPosition, Documents, EachPages, Fault, NewEntry, Store,
    StoredEntry, Waiting,
};
use group::{Group, Member};
use js_sys::Array;
use month::Month;
use records::{both, pages, some};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use tx::Tx;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbCursorDirection, IdbCursorWithValue, IdbDatabase, IdbIndex, IdbObjectStore};

/// The open database of one book.
#[derive(Debug, Clone)]
pub struct IndexedDb {
    db: IdbDatabase,
    /// How many runs of keys there are, once it was read: it changes only before the store holds a book.
    runs: Rc<Cell<Option<u32>>>,
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
        move_entries::move_all(&db).await?;
        Ok(Self::of(db))
    }

    /// Opens a book that is there; `None` if it is not, for instance because another tab has just deleted it.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub async fn open_existing(name: &str, again: impl Fn() + 'static) -> Result<Option<Self>, Fault> {
        let opened = open::open_existing(name, layout::VERSION, Self::PATIENCE, again).await?;
        let Some(db) = opened else { return Ok(None) };
        move_entries::move_all(&db).await?;
        Ok(Some(Self::of(db)))
    }

    fn of(db: IdbDatabase) -> Self {
        Self { db, runs: Rc::default() }
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
        Ok(self.store(layout::JOURNAL)?.index(name)?)
    }

    async fn runs(&self) -> Result<u32, Fault> {
        if let Some(runs) = self.runs.get() {
            return Ok(runs);
        }
        let stored = request::settled(&self.store(layout::META)?.get(&key_pages::RUNS.into())?).await?;
        let runs = key_pages::runs(&stored)?;
        self.runs.set(Some(runs));
        Ok(runs)
    }

    async fn value(&self, store: &str, key: &JsValue) -> Result<Option<String>, Fault> {
        let found = request::settled(&self.store(store)?.get(key)?).await?;
        convert::text(store, &found)
    }

    async fn pairs(&self, store: &str, range: &JsValue) -> Result<Vec<(JsValue, String)>, Fault> {
        let (keys, values) = self.all(store, range).await?;
        let value = |value| convert::required_text(store, &value);
        keys.iter().zip(values.iter()).map(|(key, of)| Ok((key, value(of)?))).collect()
    }
}

impl Store for IndexedDb {
    async fn meta(&self, name: &str) -> Result<Option<String>, Fault> {
        self.value(layout::META, &name.into()).await
    }

    async fn pages(&self, from: u32) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
        let (keys, values) = self.all(layout::ACCOUNTS, &key::pages(from)?).await?;
        pages(&keys, &values)
    }

    async fn each_page(&self, limit: u32, each: &mut EachPages<'_>) -> Result<(), Fault> {
        let store = self.store(layout::ACCOUNTS)?;
        let mut asked = Some(some(&store, &key::pages(0)?, limit)?);
        while let Some((keys, values)) = asked.take() {
            let (keys, values) = both(&keys, &values).await?;
            let pages = pages(&keys, &values)?;
            if let Some((last, _)) = pages.last().filter(|_| keys.length() == limit) {
                // Asked before these are used: then the transaction goes on, and the browser reads meanwhile.
                asked = Some(some(&store, &key::pages(last.saturating_add(1))?, limit)?);
            }
            each(pages)?;
        }
        Ok(())
    }

    async fn page(&self, number: u32) -> Result<Option<Vec<u8>>, Fault> {
        let found = request::settled(&self.store(layout::ACCOUNTS)?.get(&number.into())?).await?;
        if found.is_undefined() { Ok(None) } else { convert::bytes(layout::ACCOUNTS, &found).map(Some) }
    }

    async fn entries(&self, account: &str) -> Result<Vec<StoredEntry>, Fault> {
        let range = key::beginning(&[account.into()])?;
        group::entries(&request::settled(&self.store(layout::JOURNAL)?.get_all_with_key(&range)?).await?)
    }

    async fn with_id(&self, id: &str) -> Result<Vec<StoredEntry>, Fault> {
        let key = id_key(id);
        let of_runs = lookup::by_runs(&self.db, self.runs().await?, Sought::Exactly(&key), u32::MAX).await?;
        let found = self.index(layout::BY_KEY)?.get_all_with_key(&key.as_str().into())?;
        let members = group::members(&request::settled(&found).await?)?;
        let of_index = members.into_iter().filter(|each| each.keys.contains(&key)).map(|each| each.stored);
        Ok(lookup::each_once(of_index.chain(of_runs)))
    }

    async fn with_word(&self, beginning: &str, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        let beginning = word_key(beginning);
        let of_runs =
            lookup::by_runs(&self.db, self.runs().await?, Sought::Beginning(&beginning), limit).await?;
        let found =
            self.index(layout::BY_KEY)?.get_all_with_key_and_limit(&key::starting(&beginning)?, limit)?;
        let members = group::members(&request::settled(&found).await?)?.into_iter();
        // The index has a record once for each of its words, and a record has entries without the word.
        let has_word = |each: &Member| each.keys.iter().any(|key| key.starts_with(&beginning));
        let mut entries = lookup::each_once(members.filter(has_word).map(|each| each.stored).chain(of_runs));
        entries.truncate(limit as usize);
        Ok(entries)
    }

    async fn after(&self, place: Option<&ChainPosition>, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        let range = place.map_or(Ok(JsValue::UNDEFINED), key::after)?;
        let index = self.index(layout::BY_POSITION)?;
        // The index has a record once for each of its entries, so the keys are read first, and each record once.
        let found = request::settled(&index.get_all_keys_with_key_and_limit(&range, limit)?).await?;
        let keys = found.unchecked_into::<Array>();
        let (store, mut seen, mut asked) = (index.object_store(), BTreeSet::new(), Vec::new());
        for key in keys.iter() {
            if seen.insert(convert::arrival(&key)) {
                asked.push(store.get(&key)?);
            }
        }
        let mut members = Vec::new();
        for request in asked {
            members.extend(Group::read(&request::settled(&request).await?)?.members);
        }
        members.retain(|each| place.is_none_or(|place| each.at > *place));
        members.sort_unstable_by(|a, b| a.at.cmp(&b.at));
        members.truncate(keys.length() as usize);
        Ok(members.into_iter().map(|each| each.stored).collect())
    }

    async fn arrivals(&self) -> Result<Arrivals, Fault> {
        Arrivals::parse(self.value(layout::META, &Arrivals::META.into()).await?.as_deref())
    }

    async fn arrived_after(&self, arrival: u64, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        let range = key::arrived_after(arrival)?;
        let found = self.index(layout::BY_ARRIVAL)?.get_all_with_key_and_limit(&range, limit)?;
        let mut entries = group::entries(&request::settled(&found).await?)?;
        entries.retain(|stored| stored.arrival > arrival);
        entries.truncate(limit as usize);
        Ok(entries)
    }

    async fn by_account(
        &self,
        behind: Option<&AccountPosition>,
        limit: u32,
    ) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault> {
        let range = behind.map_or(Ok(JsValue::UNDEFINED), key::after_in_account)?;
        let records = group::records_within(limit);
        let found = self.store(layout::JOURNAL)?.get_all_with_key_and_limit(&range, records)?;
        let mut entries = group::entries_by_account(&request::settled(&found).await?)?;
        entries.retain(|(position, _)| behind.is_none_or(|behind| position > behind));
        entries.truncate(limit as usize);
        Ok(entries)
    }

    async fn at(&self, place: &ChainPosition) -> Result<Option<StoredEntry>, Fault> {
        let found = request::settled(&self.index(layout::BY_POSITION)?.get(&key::place(place))?).await?;
        if found.is_undefined() {
            return Ok(None);
        }
        let members = Group::read(&found)?.members;
        Ok(members.into_iter().find(|each| each.at == *place).map(|each| each.stored))
    }

    async fn last(&self, device: &str, chain: u32) -> Result<Option<StoredEntry>, Fault> {
        let range = key::beginning(&[device.into(), chain.into(), "".into()])?;
        let backwards = IdbCursorDirection::Prev;
        let asked =
            self.index(layout::BY_POSITION)?.open_cursor_with_range_and_direction(&range, backwards)?;
        let found = request::settled(&asked).await?;
        let Ok(cursor) = found.dyn_into::<IdbCursorWithValue>() else { return Ok(None) };
        let (last, members) = (key::read_place(&cursor.key()?), Group::read(&cursor.value()?)?.members);
        Ok(members.into_iter().find(|each| Some(&each.at) == last.as_ref()).map(|each| each.stored))
    }

    async fn branches(&self, device: &str, chain: u32) -> Result<Vec<String>, Fault> {
        // A branch is a text that is not empty; the chain itself, with its many entries, is left out.
        let range = key::beginning_after(&[device.into(), chain.into()], &"".into())?;
        let found = request::settled(&self.index(layout::BY_POSITION)?.get_all_with_key(&range)?).await?;
        let members = group::members(&found)?
            .into_iter()
            .filter(|each| each.at.device == device && each.at.chain == chain);
        let branches = members.map(|each| each.at.branch).filter(|branch| !branch.is_empty());
        Ok(branches.collect::<BTreeSet<_>>().into_iter().collect())
    }

    async fn totals(&self, places: &[(u16, String, String)]) -> Result<Vec<i64>, Fault> {
        let store = self.store(layout::TOTALS)?;
        let asked = places.iter().map(|(code, party, date)| {
            let (month, day) = Month::of(date);
            Ok::<_, JsValue>((store.get(&key::total(*code, party, month))?, day))
        });
        let mut sums = Vec::with_capacity(places.len());
        for (request, day) in asked.collect::<Result<Vec<_>, _>>()? {
            sums.push(convert::month(&request::settled(&request).await?)?.day(day));
        }
        Ok(sums)
    }

    async fn sum(&self, code: u16, party: &str, first: &str, last: &str) -> Result<i64, Fault> {
        let at = |date| key::total(code, party, Month::of(date).0);
        let range = key::between(&at(first), &at(last))?;
        let mut sum = 0;
        for (key, text) in self.pairs(layout::TOTALS, &range).await? {
            let month = Array::from(&key).get(2).as_string().unwrap_or_default();
            let days = Month::parse(&text)?;
            let within = |day: &str| (first..=last).contains(&format!("{month}-{day}").as_str());
            sum += days.days().filter(|(day, _)| within(day)).map(|(_, sum)| sum).sum::<i64>();
        }
        Ok(sum)
    }

    async fn sums_to(&self, code: u16, day: &str) -> Result<Vec<(u16, String, i64)>, Fault> {
        let mut sums = BTreeMap::<(u16, String), i64>::new();
        for (key, text) in self.pairs(layout::TOTALS, &key::totals_from(code)?).await? {
            let key = Array::from(&key);
            let text_at = |at| key.get(at).as_string().unwrap_or_default();
            let (of, party, month) = (convert::number(&key.get(0)), text_at(1), text_at(2));
            let of =
                of.and_then(|of| u16::try_from(of).ok()).ok_or_else(|| Fault::corrupt("totals", &party))?;
            let days = Month::parse(&text)?;
            let up_to = days.days().filter(|(of_month, _)| format!("{month}-{of_month}").as_str() <= day);
            *sums.entry((of, party)).or_default() += up_to.map(|(_, sum)| sum).sum::<i64>();
        }
        sums.retain(|_, sum| *sum != 0);
        Ok(sums.into_iter().map(|((of, party), sum)| (of, party, sum)).collect())
    }

    async fn waiting(&self, after: Option<&(String, String)>, limit: u32) -> Result<Vec<Waiting>, Fault> {
        self.documents(layout::OPEN, after, limit).await
    }

    async fn waiting_of(&self, account: &str) -> Result<Vec<Waiting>, Fault> {
        self.documents_of(layout::OPEN, account).await
    }

    async fn orders(&self, after: Option<&(String, String)>, limit: u32) -> Result<Vec<Waiting>, Fault> {
        self.documents(layout::ORDERS, after, limit).await
    }

    async fn orders_of(&self, account: &str) -> Result<Vec<Waiting>, Fault> {
        self.documents_of(layout::ORDERS, account).await
    }

    async fn append(&self, append: &Append) -> Result<(), Fault> {
        let runs = self.runs().await?;
        let tx = Tx::begin(&self.db, &layout::ALL)?;
        let written = write::append(&tx, append, runs).await;
        tx.end(written).await
    }

    async fn prepare(&self, documents: &Documents) -> Result<(), Fault> {
        let stores = [layout::META, layout::ACCOUNTS, layout::OPEN, layout::ORDERS, layout::TOTALS];
        let tx = Tx::begin(&self.db, &stores)?;
        let Documents { pages, waits, orders, totals } = documents;
        let written = match write::sums(&tx, totals).await {
            Ok(()) => write::documents(&tx, pages, orders, waits).await,
            Err(fault) => Err(fault),
        };
        tx.end(written).await
    }

    async fn receive(&self, entries: &[NewEntry], (name, value): (&str, &str)) -> Result<(), Fault> {
        let tx = Tx::begin(&self.db, &[layout::JOURNAL, layout::META])?;
        let written = match write::add(&tx, entries).await {
            Ok(()) => tx.put(layout::META, &name.into(), value),
            Err(fault) => Err(fault),
        };
        tx.end(written).await
    }

    async fn add_keys(&self, run: KeyRun) -> Result<(), Fault> {
        let number = self.runs().await?;
        lookup::add_run(&self.db, number, run).await?;
        self.runs.set(Some(number + 1));
        Ok(())
    }

    async fn mend(&self, entries: &[NewEntry], (name, value): (&str, &str)) -> Result<(), Fault> {
        let tx = Tx::begin(&self.db, &[layout::JOURNAL, layout::META])?;
        let written = match write::mend(&tx, entries).await {
            Ok(()) => tx.put(layout::META, &name.into(), value),
            Err(fault) => Err(fault),
        };
        tx.end(written).await
    }
}
