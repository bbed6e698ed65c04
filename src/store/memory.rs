//! A store in memory, for tests and for use without writing to the disk.

use super::append::DEVICE;
use super::{AccountPosition, Append, ChainPosition, Fault, NewEntry, Store, StoredEntry, Waiting};
use journal::Line;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A handle on a store in memory. Clones act as further tabs on the same store.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    contents: Rc<RefCell<Contents>>,
}

#[derive(Debug, Clone, Default)]
struct Contents {
    entries: BTreeMap<(String, ChainPosition), StoredEntry>,
    places: BTreeMap<ChainPosition, String>,
    ids: BTreeMap<(String, ChainPosition), String>,
    words: BTreeMap<(String, ChainPosition), String>,
    accounts: BTreeMap<String, String>,
    totals: BTreeMap<(u16, String, String), i64>,
    waiting: BTreeMap<(String, String), String>,
    meta: BTreeMap<String, String>,
    next_fault: Option<Fault>,
}

impl Memory {
    /// Makes the next append fail with this fault, as a browser's store might.
    pub fn fail_next(&self, fault: Fault) {
        self.contents.borrow_mut().next_fault = Some(fault);
    }

    /// Every sum that is not zero.
    #[cfg(test)]
    pub fn sums(&self) -> BTreeMap<(u16, String, String), i64> {
        self.contents.borrow().totals.clone().into_iter().filter(|(_, sum)| *sum != 0).collect()
    }

    /// Damages an entry, as a failing disk might.
    #[cfg(test)]
    pub fn damage(&self, id: &str, from: &str, to: &str) {
        let contents = &mut *self.contents.borrow_mut();
        let damaged =
            contents.entries.values_mut().filter(|stored| stored.bytes.contains(&format!(r#""id":"{id}""#)));
        damaged.for_each(|stored| stored.bytes = stored.bytes.replace(from, to));
    }

    fn read<T>(&self, from: impl FnOnce(&Contents) -> T) -> Result<T, Fault> {
        Ok(from(&self.contents.borrow()))
    }
}

impl Store for Memory {
    async fn meta(&self, name: &str) -> Result<Option<String>, Fault> {
        self.read(|contents| contents.meta.get(name).cloned())
    }

    async fn accounts(&self) -> Result<Vec<(String, String)>, Fault> {
        self.read(|contents| contents.accounts.clone().into_iter().collect())
    }

    async fn account(&self, customer: &str) -> Result<Option<String>, Fault> {
        self.read(|contents| contents.accounts.get(customer).cloned())
    }

    async fn entries(&self, account: &str) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            beginning_at(&contents.entries, account).map(|(_, stored)| stored.clone()).collect()
        })
    }

    async fn with_id(&self, id: &str) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| contents.at(beginning_at(&contents.ids, id)).collect())
    }

    async fn with_word(&self, beginning: &str, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let from = (beginning.to_owned(), ChainPosition::FIRST);
            let fits = contents.words.range(from..).take_while(|((word, _), _)| word.starts_with(beginning));
            contents.at(fits).take(limit as usize).collect()
        })
    }

    async fn after(&self, place: Option<&ChainPosition>, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let behind = contents.places.iter().filter(|(at, _)| place.is_none_or(|place| *at > place));
            let keys = behind.take(limit as usize).map(|(at, account)| (account.clone(), at.clone()));
            keys.filter_map(|key| contents.entries.get(&key).cloned()).collect()
        })
    }

    async fn by_account(
        &self,
        behind: Option<&AccountPosition>,
        limit: u32,
    ) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault> {
        let behind = behind.map(|place| (place.account.clone(), place.at.clone()));
        self.read(|contents| {
            let rest =
                contents.entries.iter().filter(|(key, _)| behind.as_ref().is_none_or(|behind| *key > behind));
            let place = |(account, at): &(String, ChainPosition)| AccountPosition {
                account: account.clone(),
                at: at.clone(),
            };
            rest.take(limit as usize).map(|(key, stored)| (place(key), stored.clone())).collect()
        })
    }

    async fn at(&self, place: &ChainPosition) -> Result<Option<StoredEntry>, Fault> {
        self.read(|contents| {
            let account = contents.places.get(place)?;
            contents.entries.get(&(account.clone(), place.clone())).cloned()
        })
    }

    async fn last(&self, device: &str, chain: u32) -> Result<Option<StoredEntry>, Fault> {
        self.read(|contents| {
            let of_chain = |at: &ChainPosition| at.device == device && at.chain == chain;
            let (at, account) = contents.places.iter().rev().find(|(at, _)| of_chain(at))?;
            contents.entries.get(&(account.clone(), at.clone())).cloned()
        })
    }

    async fn totals(&self, places: &[(u16, String, String)]) -> Result<Vec<i64>, Fault> {
        self.read(|contents| {
            places.iter().map(|at| contents.totals.get(at).copied().unwrap_or_default()).collect()
        })
    }

    async fn sum(&self, code: u16, party: &str, first: &str, last: &str) -> Result<i64, Fault> {
        let at = |day: &str| (code, party.to_owned(), day.to_owned());
        self.read(|contents| contents.totals.range(at(first)..=at(last)).map(|(_, sum)| sum).sum())
    }

    async fn waiting(&self) -> Result<Vec<Waiting>, Fault> {
        self.read(|contents| {
            let each = contents.waiting.clone().into_iter();
            each.map(|((kind, id), value)| Waiting { kind, id, value }).collect()
        })
    }

    async fn append(&self, append: &Append) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        if let Some(fault) = contents.next_fault.take() {
            return Err(fault);
        }
        let mut after = contents.clone();
        after.apply(append)?;
        *contents = after;
        Ok(())
    }

    async fn receive(&self, entries: &[NewEntry], meta: (&str, &str)) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        if let Some(fault) = contents.next_fault.take() {
            return Err(fault);
        }
        let mut after = contents.clone();
        entries.iter().try_for_each(|added| after.add(&added.stored, &added.words))?;
        after.meta.insert(meta.0.into(), meta.1.into());
        *contents = after;
        Ok(())
    }
}

impl Contents {
    fn apply(&mut self, append: &Append) -> Result<(), Fault> {
        if self.meta.get(DEVICE) != append.expected.as_ref() {
            return Err(Fault::Conflict);
        }
        if append.new_ids.iter().any(|id| beginning_at(&self.ids, id).next().is_some()) {
            return Err(Fault::IdExists);
        }
        if append.rebuild {
            self.accounts.clear();
            self.totals.clear();
            self.waiting.clear();
        }
        append.entries.iter().try_for_each(|added| self.add(&added.stored, &added.words))?;
        self.meta.insert(DEVICE.into(), append.device.clone());
        self.meta.extend(append.meta.iter().cloned());
        self.accounts.extend(append.accounts.iter().cloned());
        for total in &append.totals {
            let place = (total.code, total.party.clone(), total.day.clone());
            *self.totals.entry(place).or_default() += total.add;
        }
        self.waiting.retain(|(kind, id), _| !append.done.iter().any(|(k, i)| k == kind && i == id));
        self.waiting.extend(append.waits.iter().map(|w| ((w.kind.clone(), w.id.clone()), w.value.clone())));
        Ok(())
    }

    fn add(&mut self, stored: &StoredEntry, words: &[String]) -> Result<(), Fault> {
        let line = Line::parse(stored.bytes.as_bytes()).map_err(|e| Fault::corrupt("a new entry", e))?;
        let place = ChainPosition { device: line.device.into(), chain: line.chain, seq: line.seq };
        let account = line.account.unwrap_or_default().to_owned();
        if self.places.insert(place.clone(), account.clone()).is_some() {
            return Err(Fault::EntryExists);
        }
        self.ids.insert((line.id.into(), place.clone()), account.clone());
        self.words.extend(words.iter().map(|word| ((word.clone(), place.clone()), account.clone())));
        self.entries.insert((account, place), stored.clone());
        Ok(())
    }

    fn at<'a>(
        &'a self,
        found: impl Iterator<Item = (&'a (String, ChainPosition), &'a String)>,
    ) -> impl Iterator<Item = StoredEntry> {
        found.filter_map(|((_, place), account)| self.entries.get(&(account.clone(), place.clone())).cloned())
    }
}

impl ChainPosition {
    const FIRST: Self = Self { device: String::new(), chain: 0, seq: 0 };
}

fn beginning_at<'a, V>(
    map: &'a BTreeMap<(String, ChainPosition), V>,
    word: &'a str,
) -> impl Iterator<Item = (&'a (String, ChainPosition), &'a V)> {
    map.range((word.to_owned(), ChainPosition::FIRST)..).take_while(move |((first, _), _)| first == word)
}
