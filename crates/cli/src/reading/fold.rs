//! Folds the accounts of a book, on all cores: an account needs no other.

use super::cores::on_all;
use super::damaged::MAX_BAD_LINES;
use super::progress::Progress;
use super::rows::{Decoder, Rows, Source};
use super::{Bad, Damaged, Reading};
use anyhow::Result;
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::span::Span;
use std::sync::{Mutex, PoisonError};

/// How many accounts a core takes at a time.
const SHARE: usize = 32;

impl Reading {
    /// Folds every account and keeps what is asked of it, in the sequence in which customers first came. Each account
    /// is dropped before the next, so that memory holds what is kept and no more.
    ///
    /// # Errors
    /// [`Damaged`] when bodies cannot be read; when the book cannot be read again.
    pub fn each<T: Send>(&mut self, keep: impl Fn(CustomerBook) -> T + Sync) -> Result<Vec<T>> {
        let customers = std::mem::take(&mut self.customers);
        let waiting = Waiting { customers, source: &self.source, currency: self.strictly.as_ref() };
        let (kept, found) = waiting.each(Some(&self.only), keep)?;
        self.newer += found.newer;
        if found.bad.is_empty() {
            Ok(kept)
        } else {
            Err(Damaged { book: self.book.clone(), bad: found.bad }.into())
        }
    }
}

impl Reading {
    /// Adds up a view of some days: of every account as it counted on the last of them.
    ///
    /// # Errors
    /// As [`Reading::each`].
    pub fn sum<V: Default + Send>(
        &mut self,
        span: Span,
        add: impl Fn(&mut V, &CustomerBook) + Sync,
        merge: impl Fn(&mut V, V),
    ) -> Result<V> {
        let shop = self.settings().clone();
        let of_account = |book: CustomerBook| {
            let mut view = V::default();
            add(&mut view, &book.as_sealed(&shop, span.to));
            view
        };
        let mut sum = V::default();
        self.each(of_account)?.into_iter().for_each(|more| merge(&mut sum, more));
        Ok(sum)
    }
}

/// Accounts that are not folded yet.
pub struct Waiting<'a> {
    /// Each with its records.
    pub customers: Vec<(Id, Rows)>,
    pub source: &'a Source,
    /// Where bodies have to be byte for byte what this program writes: in which currency.
    pub currency: Option<&'a Currency>,
}

/// What was found on the way.
pub struct Found {
    /// By line.
    pub bad: Vec<Bad>,
    pub newer: u64,
}

/// What a core takes next.
fn share<T>((waiting, progress): &mut (impl Iterator<Item = (usize, T)>, Progress)) -> Vec<(usize, T)> {
    let share: Vec<_> = waiting.take(SHARE).collect();
    if let Some((first, _)) = share.first() {
        progress.tell(*first as u64);
    }
    share
}

impl Waiting<'_> {
    /// Decodes every account and folds those asked for: none, all (`Some(None)`), or one.
    ///
    /// # Errors
    /// When the book cannot be read again.
    pub fn each<T: Send>(
        self,
        wanted: Option<&Option<Id>>,
        keep: impl Fn(CustomerBook) -> T + Sync,
    ) -> Result<(Vec<T>, Found)> {
        let progress = Progress::of("folding", self.customers.len() as u64);
        let waiting = Mutex::new((self.customers.into_iter().enumerate(), progress));
        let is_wanted =
            |customer: &Id| wanted.is_some_and(|only| only.as_ref().is_none_or(|only| only == customer));
        let work = || -> Result<(Vec<(usize, T)>, Decoder)> {
            let (mut kept, mut decoder) = (Vec::new(), Decoder::default());
            loop {
                let share = share(&mut waiting.lock().unwrap_or_else(PoisonError::into_inner));
                if share.is_empty() {
                    return Ok((kept, decoder));
                }
                for (at, (customer, rows)) in share {
                    let records = decoder.records(rows, self.source, Some(&customer), self.currency)?;
                    if is_wanted(&customer) {
                        kept.push((at, keep(CustomerBook::new(customer, records))));
                    }
                }
            }
        };
        let (mut kept, mut found) = (Vec::new(), Found { bad: Vec::new(), newer: 0 });
        for (some, decoder) in on_all(work)? {
            kept.extend(some);
            found.bad.extend(decoder.bad);
            found.newer += decoder.newer;
        }
        kept.sort_by_key(|(at, _)| *at);
        found.bad.sort_by_key(|bad| bad.line);
        found.bad.truncate(MAX_BAD_LINES);
        Ok((kept.into_iter().map(|(_, kept)| kept).collect(), found))
    }
}
