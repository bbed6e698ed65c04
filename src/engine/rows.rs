//! The cached accounts in memory, and the pages on which they are stored.

use super::cached::Cached;
use super::sums::Sums;
use crate::store::Fault;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use ledger::id::Id;
use std::collections::BTreeMap;

/// How many accounts a page holds. A commit writes the whole page of an account; opening a book reads all pages.
pub const PAGE: usize = 32;

/// Accounts by customer, in the sequence in which they were added.
pub type ByCustomer = IndexMap<Id, Cached, RandomState>;

/// All cached accounts. An account keeps its position, so it stays on the page on which it was put first: every page but
/// the last is full.
#[derive(Debug, Clone, Default)]
pub struct Rows(ByCustomer);

impl Rows {
    /// The accounts by customer.
    pub const fn all(&self) -> &ByCustomer {
        &self.0
    }

    /// The number of the last page, to which new accounts are added; 0 if there is none.
    pub fn last_page(&self) -> u32 {
        page_at(self.0.len().saturating_sub(1))
    }

    /// Whether the account has a row.
    pub fn contains(&self, customer: &Id) -> bool {
        self.0.contains_key(customer)
    }

    /// The page of an account.
    pub fn page_of(&self, customer: &Id) -> Option<u32> {
        self.0.get_index_of(customer).map(page_at)
    }

    /// Puts a row in the place of the account's earlier one, or on the last page. Returns the earlier one.
    pub fn put(&mut self, cached: Cached) -> Option<Cached> {
        self.0.insert(cached.row.id.clone(), cached)
    }

    /// Reads a stored page. Returns its rows' earlier ones.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or its accounts do not belong on it: then a page before it is missing or damaged.
    pub fn put_page(&mut self, page: u32, bytes: &[u8]) -> Result<Vec<Cached>, Fault> {
        let what = || format!("page {page} of the accounts");
        let (rows, rest): (Vec<Cached>, _) =
            postcard::take_from_bytes(bytes).map_err(|e| Fault::corrupt(what(), e))?;
        if !rest.is_empty() {
            return Err(Fault::corrupt(what(), "more than its accounts"));
        }
        let mut earlier = Vec::new();
        for cached in rows {
            let (at, old) = self.0.insert_full(cached.row.id.clone(), cached);
            if page_at(at) != page {
                return Err(Fault::corrupt(what(), "an account of another page"));
            }
            earlier.extend(old);
        }
        Ok(earlier)
    }

    /// Reads stored pages that were not read before, and adds their accounts to the sums.
    ///
    /// # Errors
    ///
    /// As [`Rows::put_page`].
    pub fn put_pages(&mut self, pages: &[(u32, Vec<u8>)], sums: &mut Sums) -> Result<(), Fault> {
        self.0.reserve(pages.len() * PAGE);
        for (page, bytes) in pages {
            self.put_page(*page, bytes)?;
            self.on_page(*page).for_each(|cached| sums.add(cached));
        }
        Ok(())
    }

    /// The rows of a page.
    pub fn on_page(&self, page: u32) -> impl Iterator<Item = &Cached> {
        self.0.values().skip(page as usize * PAGE).take(PAGE)
    }

    /// The pages of rows that are the first ones of a book, or follow those of the pages before `first`, as they are stored.
    pub fn new_pages(first: u32, rows: &[Cached]) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
        let page = |(number, rows): (u32, &[Cached])| Ok((number, to_bytes(rows)?));
        (first..).zip(rows.chunks(PAGE)).map(page).collect()
    }

    /// The pages that these rows change, as they are stored.
    pub fn pages_with(&self, changed: &[Cached]) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
        let mut pages = BTreeMap::<u32, Vec<&Cached>>::new();
        let (mut of_known, mut added) = (BTreeMap::new(), Vec::new());
        for cached in changed {
            if let Some(at) = self.0.get_index_of(&cached.row.id) {
                pages.entry(page_at(at)).or_default();
                of_known.insert(at, cached);
            } else {
                pages.entry(page_at(self.0.len() + added.len())).or_default();
                added.push(cached);
            }
        }
        for (page, rows) in &mut pages {
            let first = *page as usize * PAGE;
            let known = self.0.values().enumerate().skip(first).take(PAGE);
            rows.extend(known.map(|(at, known)| of_known.get(&at).copied().unwrap_or(known)));
        }
        for (at, cached) in added.into_iter().enumerate() {
            pages.entry(page_at(self.0.len() + at)).or_default().push(cached);
        }
        pages.into_iter().map(|(page, rows)| Ok((page, to_bytes(&rows)?))).collect()
    }
}

fn to_bytes<T: serde::Serialize>(rows: &[T]) -> Result<Vec<u8>, Fault> {
    postcard::to_allocvec(rows).map_err(|e| Fault::Other(e.to_string()))
}

/// The page of the account at a position.
fn page_at(position: usize) -> u32 {
    u32::try_from(position / PAGE).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use ledger::account::Account;
    use std::sync::Arc;

    fn row(number: usize) -> Cached {
        let mut cached = Cached::of(&Account::default(), number as u128);
        Arc::make_mut(&mut cached.row).id = Id::new(&format!("c-{number}")).unwrap();
        cached
    }

    /// What is written for rows put one at a time or many at once is what is read again, whatever the sequence.
    #[test]
    fn pages_hold_what_was_put() {
        for step in [1, 7, PAGE, 3 * PAGE] {
            let (mut rows, mut stored) = (Rows::default(), BTreeMap::new());
            let all: Vec<_> = (0..100).map(row).collect();
            let mut at_once = Rows::new_pages(0, &all[..2 * PAGE]).unwrap();
            at_once.extend(Rows::new_pages(2, &all[2 * PAGE..]).unwrap());
            assert_eq!(at_once, Rows::default().pages_with(&all).unwrap());
            for some in all.chunks(step) {
                stored.extend(rows.pages_with(some).unwrap());
                some.iter().for_each(|cached| drop(rows.put(cached.clone())));
            }
            let changed = Cached { digest: 7, ..row(40) };
            stored.extend(rows.pages_with(std::slice::from_ref(&changed)).unwrap());
            rows.put(changed);
            let mut read = Rows::default();
            for (page, bytes) in &stored {
                read.put_page(*page, bytes).unwrap();
            }
            assert_eq!((read.all(), read.last_page()), (rows.all(), 3));
            assert!(read.all().keys().eq(rows.all().keys()), "each account is on the page where it was");
        }
    }

    /// A page that was cut, or that another version of the app wrote, is told from a page.
    #[test]
    fn a_page_of_another_kind_is_noticed() {
        let page = Rows::default().pages_with(&[row(1), row(2)]).unwrap().remove(0).1;
        let cut = page.get(..page.len() - 1).unwrap();
        for wrong in [cut, &[&*page, &[0]].concat(), br#"[[["c-1","",0],[0],[],[0,0]]]"#] {
            assert!(matches!(Rows::default().put_page(0, wrong), Err(Fault::Corrupt { .. })));
        }
    }

    /// Accounts would move to other pages if one were missing before theirs.
    #[test]
    fn a_page_that_is_missing_is_noticed() {
        let all: Vec<_> = (0..100).map(row).collect();
        let stored = Rows::default().pages_with(&all).unwrap();
        let mut read = Rows::default();
        let mut pages = stored.iter().filter(|(page, _)| *page != 1);
        assert!(pages.by_ref().take(1).all(|(page, bytes)| read.put_page(*page, bytes).is_ok()));
        assert!(matches!(read.put_page(2, &stored[2].1), Err(Fault::Corrupt { .. })));
    }
}
