//! The cached accounts in memory, and the pages on which they are stored.

use super::cache_text::to_text;
use super::cached::Cached;
use crate::store::Fault;
use ledger::id::Id;
use std::collections::{BTreeMap, HashMap};

/// How many accounts a page holds. A commit writes the whole page of an account; opening a book reads all pages.
const PAGE: usize = 32;

/// All cached accounts. An account stays on the page on which it was put first.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    all: HashMap<Id, Cached>,
    page_of: HashMap<Id, u32>,
    pages: Vec<Vec<Id>>,
}

impl Rows {
    /// The accounts by customer.
    pub const fn all(&self) -> &HashMap<Id, Cached> {
        &self.all
    }

    /// The number of the last page, to which new accounts are added; 0 if there is none.
    pub fn last_page(&self) -> u32 {
        number(self.pages.len().saturating_sub(1))
    }

    /// Whether the account has a row.
    pub fn contains(&self, customer: &Id) -> bool {
        self.all.contains_key(customer)
    }

    /// The page of an account.
    pub fn page_of(&self, customer: &Id) -> Option<u32> {
        self.page_of.get(customer).copied()
    }

    /// Puts a row in the place of the account's earlier one, or on the last page. Returns the earlier one.
    pub fn put(&mut self, cached: Cached) -> Option<Cached> {
        let customer = cached.row.id.clone();
        if !self.page_of.contains_key(&customer) {
            let page = page_for_new(&mut self.pages);
            self.add(page, &customer);
        }
        self.all.insert(customer, cached)
    }

    /// Reads a stored page. Returns its rows with the earlier one of each.
    pub fn put_page(&mut self, page: u32, text: &str) -> Result<Vec<(Id, Option<Cached>)>, Fault> {
        let rows: Vec<Cached> = super::cache_text::parse(&format!("page {page} of the accounts"), text)?;
        let mut put = Vec::with_capacity(rows.len());
        for cached in rows {
            let customer = cached.row.id.clone();
            if !self.page_of.contains_key(&customer) {
                self.add(page, &customer);
            }
            put.push((customer.clone(), self.all.insert(customer, cached)));
        }
        Ok(put)
    }

    /// The texts of the pages that these rows change.
    pub fn pages_with(&self, changed: &[Cached]) -> Result<Vec<(u32, String)>, Fault> {
        let mut last = self.pages.get(self.last_page() as usize).map_or(0, Vec::len);
        let mut next = self.last_page();
        let mut texts = BTreeMap::<u32, Vec<&Cached>>::new();
        let mut new = Vec::new();
        for cached in changed {
            if let Some(page) = self.page_of(&cached.row.id) {
                texts.entry(page).or_default();
            } else {
                (next, last) = if last < PAGE { (next, last + 1) } else { (next + 1, 1) };
                texts.entry(next).or_default();
                new.push((next, cached));
            }
        }
        let by_id: HashMap<&Id, &Cached> = changed.iter().map(|cached| (&cached.row.id, cached)).collect();
        for (page, rows) in &mut texts {
            let here = self.pages.get(*page as usize).into_iter().flatten();
            rows.extend(here.filter_map(|id| by_id.get(id).copied().or_else(|| self.all.get(id))));
        }
        for (page, cached) in new {
            texts.entry(page).or_default().push(cached);
        }
        texts.into_iter().map(|(page, rows)| Ok((page, to_text(&rows)?))).collect()
    }

    fn add(&mut self, page: u32, customer: &Id) {
        self.page_of.insert(customer.clone(), page);
        let at = page as usize;
        if self.pages.len() <= at {
            self.pages.resize_with(at + 1, Vec::new);
        }
        self.pages.get_mut(at).into_iter().for_each(|ids| ids.push(customer.clone()));
    }
}

/// The page to which the next account is added.
fn page_for_new(pages: &mut Vec<Vec<Id>>) -> u32 {
    if pages.last().is_none_or(|last| last.len() >= PAGE) {
        pages.push(Vec::new());
    }
    number(pages.len() - 1)
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::account::Account;

    fn row(number: usize) -> Cached {
        let mut cached = Cached::of(&Account::default(), number as u128);
        cached.row.id = Id::new(&format!("c-{number}")).unwrap();
        cached
    }

    /// What is written for rows put one at a time or many at once is what is read again, whatever the sequence.
    #[test]
    fn pages_hold_what_was_put() {
        for step in [1, 7, PAGE, 3 * PAGE] {
            let (mut rows, mut stored) = (Rows::default(), BTreeMap::new());
            let all: Vec<_> = (0..100).map(row).collect();
            for some in all.chunks(step) {
                stored.extend(rows.pages_with(some).unwrap());
                some.iter().for_each(|cached| drop(rows.put(cached.clone())));
            }
            let changed = Cached { digest: 7, ..row(40) };
            stored.extend(rows.pages_with(std::slice::from_ref(&changed)).unwrap());
            rows.put(changed);
            let mut read = Rows::default();
            for (page, text) in &stored {
                read.put_page(*page, text).unwrap();
            }
            assert_eq!((read.all(), read.pages.len()), (rows.all(), 4));
            assert_eq!(read.pages, rows.pages);
        }
    }
}
