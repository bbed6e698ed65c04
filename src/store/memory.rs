//! A store in memory, for tests and for use without writing to the disk.

#[cfg(test)]
mod testing;

use super::append::DEVICE;
use super::key_run::{self, id_key};
use super::{
    AccountPosition, Append, Arrivals, ChainPosition, Documents, EachPages, Fault, Judged, KeyRun, NewEntry,
    Store, StoredEntry, Total, Waiting,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::rc::Rc;

/// A handle on a store in memory. Clones act as further tabs on the same store.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    contents: Rc<RefCell<Contents>>,
}

#[derive(Debug, Clone, Default)]
struct Contents {
    entries: BTreeMap<AccountPosition, StoredEntry>,
    places: BTreeMap<ChainPosition, AccountPosition>,
    arrivals: BTreeMap<u64, AccountPosition>,
    ids: BTreeSet<(String, AccountPosition)>,
    words: BTreeSet<(String, AccountPosition)>,
    pages: BTreeMap<u32, Vec<u8>>,
    totals: BTreeMap<(u16, String, String), i64>,
    waiting: ByPlace,
    orders: ByPlace,
    meta: BTreeMap<String, String>,
    next_fault: Option<Fault>,
    /// How many appends succeed before that.
    #[cfg(test)]
    before_fault: usize,
}

impl Contents {
    /// The fault of the append that is made now.
    fn take_fault(&mut self) -> Option<Fault> {
        #[cfg(test)]
        if self.before_fault > 0 {
            self.before_fault -= 1;
            return None;
        }
        self.next_fault.take()
    }
}

impl Memory {
    /// Makes the next append fail with this fault, as a browser's store might.
    pub fn fail_next(&self, fault: Fault) {
        self.contents.borrow_mut().next_fault = Some(fault);
    }

    fn read<T>(&self, from: impl FnOnce(&Contents) -> T) -> Result<T, Fault> {
        Ok(from(&self.contents.borrow()))
    }
}

impl Store for Memory {
    async fn meta(&self, name: &str) -> Result<Option<String>, Fault> {
        self.read(|contents| contents.meta.get(name).cloned())
    }

    async fn pages(&self, from: u32) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
        self.read(|contents| contents.pages.range(from..).map(|(at, page)| (*at, page.clone())).collect())
    }

    async fn each_page(&self, limit: u32, each: &mut EachPages<'_>) -> Result<(), Fault> {
        self.pages(0).await?.chunks(limit as usize).try_for_each(|some| each(some.to_vec()))
    }

    async fn page(&self, number: u32) -> Result<Option<Vec<u8>>, Fault> {
        self.read(|contents| contents.pages.get(&number).cloned())
    }

    async fn entries(&self, account: &str) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let from = AccountPosition { account: account.to_owned(), arrival: 0 };
            let own = contents.entries.range(from..).take_while(|(at, _)| at.account == account);
            own.map(|(_, stored)| stored.clone()).collect()
        })
    }

    async fn with_id(&self, id: &str) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let from = (id.to_owned(), AccountPosition::FIRST);
            let fits = contents.ids.range(from..).take_while(|(each, _)| each == id);
            contents.at(fits.map(|(_, at)| at)).collect()
        })
    }

    async fn with_word(&self, beginning: &str, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let from = (beginning.to_owned(), AccountPosition::FIRST);
            let fits = contents.words.range(from..).take_while(|(word, _)| word.starts_with(beginning));
            let mut seen = BTreeSet::new();
            let once = fits.map(|(_, at)| at).filter(|at| seen.insert(*at));
            contents.at(once).take(limit as usize).collect()
        })
    }

    async fn after(&self, place: Option<&ChainPosition>, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let behind = contents.places.iter().filter(|(at, _)| place.is_none_or(|place| *at > place));
            contents.at(behind.map(|(_, at)| at)).take(limit as usize).collect()
        })
    }

    async fn arrivals(&self) -> Result<Arrivals, Fault> {
        Arrivals::parse(self.contents.borrow().meta.get(Arrivals::META).map(String::as_str))
    }

    async fn arrived_after(&self, arrival: u64, limit: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|contents| {
            let later = contents.arrivals.range(arrival + 1..).map(|(_, at)| at);
            contents.at(later).take(limit as usize).collect()
        })
    }

    async fn by_account(
        &self,
        behind: Option<&AccountPosition>,
        limit: u32,
    ) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault> {
        self.read(|contents| {
            let rest = contents.entries.iter().filter(|(at, _)| behind.is_none_or(|behind| *at > behind));
            rest.take(limit as usize).map(|(at, stored)| (at.clone(), stored.clone())).collect()
        })
    }

    async fn at(&self, place: &ChainPosition) -> Result<Option<StoredEntry>, Fault> {
        self.read(|contents| contents.entries.get(contents.places.get(place)?).cloned())
    }

    async fn last(&self, device: &str, chain: u32) -> Result<Option<StoredEntry>, Fault> {
        self.read(|contents| {
            let first = ChainPosition::new(device, chain, 0);
            let end = ChainPosition { seq: u64::MAX, ..first.clone() };
            let (_, at) = contents.places.range(first..=end).next_back()?;
            contents.entries.get(at).cloned()
        })
    }

    async fn branches(&self, device: &str, chain: u32) -> Result<Vec<String>, Fault> {
        self.read(|contents| {
            let of_chain = |at: &&ChainPosition| at.device == device && at.chain == chain;
            let named = contents.places.keys().filter(of_chain).filter(|at| !at.branch.is_empty());
            named.map(|at| at.branch.clone()).collect::<BTreeSet<_>>().into_iter().collect()
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

    async fn sums_to(&self, code: u16, day: &str) -> Result<Vec<(u16, String, i64)>, Fault> {
        let mut sums = BTreeMap::<(u16, String), i64>::new();
        self.read(|contents| {
            let all = contents.totals.iter().filter(|((of, _, on), _)| *of >= code && on.as_str() <= day);
            all.for_each(|((of, party, _), sum)| *sums.entry((*of, party.clone())).or_default() += sum);
        })?;
        sums.retain(|_, sum| *sum != 0);
        Ok(sums.into_iter().map(|((of, party), sum)| (of, party, sum)).collect())
    }

    async fn waiting(&self, after: Option<&(String, String)>, limit: u32) -> Result<Vec<Waiting>, Fault> {
        self.read(|contents| some_of(&contents.waiting, after, limit))
    }

    async fn waiting_of(&self, account: &str) -> Result<Vec<Waiting>, Fault> {
        self.read(|contents| all_of(&contents.waiting, account))
    }

    async fn orders(&self, after: Option<&(String, String)>, limit: u32) -> Result<Vec<Waiting>, Fault> {
        self.read(|contents| some_of(&contents.orders, after, limit))
    }

    async fn orders_of(&self, account: &str) -> Result<Vec<Waiting>, Fault> {
        self.read(|contents| all_of(&contents.orders, account))
    }

    async fn append(&self, append: &Append) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        if let Some(fault) = contents.take_fault() {
            return Err(fault);
        }
        let mut after = contents.clone();
        after.apply(append)?;
        *contents = after;
        Ok(())
    }

    async fn prepare(&self, documents: &Documents) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        contents.take_fault().map_or(Ok(()), Err)?;
        contents.put_documents(&documents.pages, &documents.orders, &documents.waits);
        contents.add_to_sums(&documents.totals);
        Ok(())
    }

    async fn receive(&self, entries: &[NewEntry], meta: (&str, &str)) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        if let Some(fault) = contents.take_fault() {
            return Err(fault);
        }
        let mut after = contents.clone();
        after.add_all(entries)?;
        after.meta.insert(meta.0.into(), meta.1.into());
        *contents = after;
        Ok(())
    }

    async fn add_keys(&self, run: KeyRun) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        if let Some(fault) = contents.take_fault() {
            return Err(fault);
        }
        for page in run.into_pages() {
            for (key, place) in key_run::keys_of(&page?.bytes)? {
                let at = contents.places.get(&place).cloned().ok_or_else(|| place.not_stored())?;
                match key.split_at_checked(1) {
                    Some((sign, id)) if sign == id_key("") => contents.ids.insert((id.to_owned(), at)),
                    Some((_, word)) => contents.words.insert((word.to_owned(), at)),
                    None => return Err(place.not_stored()),
                };
            }
        }
        Ok(())
    }

    async fn mend(&self, entries: &[NewEntry], meta: (&str, &str)) -> Result<(), Fault> {
        let mut contents = self.contents.borrow_mut();
        if let Some(fault) = contents.take_fault() {
            return Err(fault);
        }
        let mut after = contents.clone();
        for new in entries {
            let at = after.places.get(&new.at).cloned();
            match at.and_then(|at| after.entries.get_mut(&at)) {
                Some(stored) => stored.bytes.clone_from(&new.stored.bytes),
                None => after.add_all(std::slice::from_ref(new))?,
            }
        }
        after.meta.insert(meta.0.into(), meta.1.into());
        *contents = after;
        Ok(())
    }
}

type ByPlace = BTreeMap<(String, String), String>;

/// The first documents after one, by account and id.
fn some_of(documents: &ByPlace, after: Option<&(String, String)>, limit: u32) -> Vec<Waiting> {
    let first = after.map_or(Bound::Unbounded, Bound::Excluded);
    documents.range((first, Bound::Unbounded)).take(limit as usize).map(cached).collect()
}

/// The documents of one account, by id.
fn all_of(documents: &ByPlace, account: &str) -> Vec<Waiting> {
    documents.iter().filter(|((of, _), _)| of == account).map(cached).collect()
}

fn cached(((account, id), value): (&(String, String), &String)) -> Waiting {
    Waiting { account: account.clone(), id: id.clone(), value: value.clone() }
}

impl Contents {
    fn apply(&mut self, append: &Append) -> Result<(), Fault> {
        if self.meta.get(DEVICE) != append.expected.as_ref() {
            return Err(Fault::Conflict);
        }
        let is_taken = |used: &BTreeSet<(String, AccountPosition)>, text: &String| {
            used.range((text.clone(), AccountPosition::FIRST)..).next().is_some_and(|(each, _)| each == text)
        };
        if append.new_ids.iter().any(|id| is_taken(&self.ids, id))
            || append.new_words.iter().any(|word| is_taken(&self.words, word))
        {
            return Err(Fault::IdExists);
        }
        if append.rebuild {
            self.pages.clear();
            self.totals.clear();
            self.waiting.clear();
            self.orders.clear();
        }
        self.add_all(&append.entries)?;
        append.judged.iter().try_for_each(|judged| self.judge(judged))?;
        self.meta.insert(DEVICE.into(), append.device.clone());
        self.meta.extend(append.meta.iter().cloned());
        self.add_to_sums(&append.totals);
        self.waiting.retain(|item, _| !append.done.contains(item));
        self.orders.retain(|item, _| !append.orders_gone.contains(item));
        self.put_documents(&append.pages, &append.orders, &append.waits);
        Ok(())
    }

    fn put_documents(&mut self, pages: &[(u32, Vec<u8>)], orders: &[Waiting], waits: &[Waiting]) {
        let by_place = |one: &Waiting| ((one.account.clone(), one.id.clone()), one.value.clone());
        self.pages.extend(pages.iter().cloned());
        self.orders.extend(orders.iter().map(by_place));
        self.waiting.extend(waits.iter().map(by_place));
    }

    fn add_to_sums(&mut self, totals: &[Total]) {
        for total in totals {
            let place = (total.code, total.party.clone(), total.day.clone());
            *self.totals.entry(place).or_default() += total.add;
        }
    }

    /// Gives each entry the number of its arrival, and adds it.
    fn add_all(&mut self, entries: &[NewEntry]) -> Result<(), Fault> {
        entries.iter().try_for_each(|added| {
            let arrival = self.next_arrival()?;
            self.add(added, arrival)
        })
    }

    fn next_arrival(&mut self) -> Result<u64, Fault> {
        let mut arrivals = Arrivals::parse(self.meta.get(Arrivals::META).map(String::as_str))?;
        let arrival = *arrivals.take(1).start();
        self.meta.insert(Arrivals::META.into(), arrivals.to_text());
        Ok(arrival)
    }

    fn add(&mut self, added: &NewEntry, arrival: u64) -> Result<(), Fault> {
        let NewEntry { stored, at: place, account, id, words } = added;
        let at = AccountPosition { account: account.clone(), arrival };
        if self.places.insert(place.clone(), at.clone()).is_some() {
            return Err(Fault::EntryExists);
        }
        if !id.is_empty() {
            self.ids.insert((id.clone(), at.clone()));
        }
        self.words.extend(words.iter().map(|word| (word.clone(), at.clone())));
        self.arrivals.insert(arrival, at.clone());
        self.entries.insert(at, StoredEntry { arrival, ..stored.clone() });
        Ok(())
    }

    /// An entry whose order or verdict changes leaves its place and arrives again.
    fn judge(&mut self, judged: &Judged) -> Result<(), Fault> {
        let at = self.places.get(&judged.at).cloned().ok_or_else(|| judged.at.not_stored())?;
        let stored = self.entries.get_mut(&at).ok_or_else(|| judged.at.not_stored())?;
        if !judged.put_beside(stored) {
            return Ok(());
        }
        let stored = stored.clone();
        self.places.remove(&judged.at);
        self.entries.remove(&at);
        let words = self.words.iter().filter(|(_, each)| *each == at).map(|(word, _)| word.clone()).collect();
        self.words.retain(|(_, each)| *each != at);
        self.ids.retain(|(_, each)| *each != at);
        self.arrivals.remove(&at.arrival);
        let again = NewEntry::parse(stored)?;
        let arrival = self.next_arrival()?;
        self.add(&NewEntry { words, ..again }, arrival)
    }

    fn at<'a>(
        &'a self,
        found: impl Iterator<Item = &'a AccountPosition>,
    ) -> impl Iterator<Item = StoredEntry> {
        found.filter_map(|at| self.entries.get(at).cloned())
    }
}

impl AccountPosition {
    const FIRST: Self = Self { account: String::new(), arrival: 0 };
}
