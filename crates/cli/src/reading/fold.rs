//! Folds the accounts of a book on all cores. Accounts are independent of each other.

use super::damaged::MAX_BAD_LINES;
use super::progress::Progress;
use super::rows::{DecodeReport, Decoder, RowSource, Rows};
use super::{Damaged, Reading};
use anyhow::Result;
use ledger::account::Account;
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::posted::PostedRow;
use ledger::view::span::Span;
use rayon::prelude::*;
use reports::{Transaction, sort};
use std::collections::BTreeSet;

/// The least number of accounts that a thread takes at a time.
const BATCH: usize = 32;

impl Reading {
    /// Folds every account and returns what `map` makes of it, in the order in which customers first occur. Each
    /// account is dropped after `map`, so memory holds the results only.
    ///
    /// # Errors
    /// [`Damaged`] when bodies cannot be decoded; when the file cannot be read a second time.
    pub fn each<T: Send>(&mut self, map: impl Fn(CustomerBook) -> T + Sync) -> Result<Vec<T>> {
        let customers = std::mem::take(&mut self.customers);
        let accounts =
            UnfoldedAccounts { customers, source: &self.source, currency: self.strict_currency.as_ref() };
        let (results, report) = accounts.each(Some(&self.only), map)?;
        self.newer += report.newer;
        if report.bad.is_empty() {
            Ok(results)
        } else {
            Err(Damaged { book: self.book.clone(), bad: report.bad }.into())
        }
    }
}

impl Reading {
    /// Adds up a view over the posted journal of all accounts.
    ///
    /// # Errors
    /// As [`Reading::each`].
    pub fn sum<V: Default + Send>(
        &mut self,
        add: impl Fn(&mut V, &Account, &[PostedRow<'_>]) + Sync,
        merge: impl Fn(&mut V, V),
    ) -> Result<V> {
        let seals = self.settings().seals.clone();
        let of_account = |book: CustomerBook| {
            let mut view = V::default();
            add(&mut view, book.account(), &book.posted_journal(&seals));
            view
        };
        let mut sum = V::default();
        self.each(of_account)?.into_iter().for_each(|view| merge(&mut sum, view));
        Ok(sum)
    }
}

impl Reading {
    /// All transactions of a span, by day, stage and place.
    ///
    /// # Errors
    /// As [`Reading::each`].
    pub fn transactions(&mut self, span: Span) -> Result<Vec<Transaction>> {
        let seals = self.settings().seals.clone();
        let of_accounts = self.each(|book| Transaction::of_account(&book, &seals, span))?;
        let mut all: Vec<Transaction> = of_accounts.into_iter().flatten().collect();
        all.extend(Transaction::of_shop(&self.shop, span));
        sort(&mut all);
        Ok(all)
    }
}

/// Accounts that have not been folded.
pub struct UnfoldedAccounts<'a> {
    /// Each customer with its rows.
    pub customers: Vec<(Id, Rows)>,
    /// The texts of the rows.
    pub source: &'a RowSource,
    /// The shop's currency if bodies must be byte for byte what this program writes.
    pub currency: Option<&'a Currency>,
}

impl UnfoldedAccounts<'_> {
    /// Decodes every account and folds some: none, all (`Some(None)`), or these.
    ///
    /// # Errors
    /// When the file cannot be read a second time.
    pub fn each<T: Send>(
        self,
        folded: Option<&Option<BTreeSet<Id>>>,
        map: impl Fn(CustomerBook) -> T + Sync,
    ) -> Result<(Vec<T>, DecodeReport)> {
        let progress = Progress::new("folding", self.customers.len() as u64);
        let is_folded = |customer: &Id| {
            folded.is_some_and(|only| only.as_ref().is_none_or(|only| only.contains(customer)))
        };
        let fold =
            |decoder: &mut Decoder, (customer, rows): (Id, Rows)| -> Result<(Option<T>, DecodeReport)> {
                let records = decoder.records(rows, self.source, Some(&customer), self.currency)?;
                let result = is_folded(&customer).then(|| map(CustomerBook::new(customer, records)));
                progress.add(1);
                Ok((result, std::mem::take(&mut decoder.report)))
            };
        let accounts = self.customers.into_par_iter().with_min_len(BATCH);
        let folded: Vec<_> = accounts.map_init(Decoder::default, fold).collect::<Result<_>>()?;
        let (mut results, mut report) = (Vec::with_capacity(folded.len()), DecodeReport::default());
        for (result, of_account) in folded {
            results.extend(result);
            report.bad.extend(of_account.bad);
            report.newer += of_account.newer;
        }
        report.bad.sort_by_key(|bad| bad.line);
        report.bad.truncate(MAX_BAD_LINES);
        Ok((results, report))
    }
}
