//! The takings and refunds of one day, read from the stored sums.

use super::takings::{GIVEN, RETURNS, TAKEN};
use crate::sort::sort_by_key;
use crate::store::{Fault, Store, Total};
use ledger::date::Date;
use ledger::method::{Method, WORDS};
use ledger::money::Money;
use std::collections::BTreeMap;

/// The takings of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day.
    pub date: Date,
    sums: BTreeMap<(u16, String), i64>,
}

impl Day {
    /// Reads the sums of a day. The number of reads is fixed and does not depend on the length of the journal.
    pub async fn read<S: Store>(store: &S, date: Date) -> Result<Self, Fault> {
        let codes = WORDS.iter().flat_map(|(name, _)| [(TAKEN, *name), (GIVEN, *name)]);
        let parties: Vec<_> =
            codes.chain([(RETURNS, "")]).map(|(code, party)| (code, party.to_owned())).collect();
        let text = date.to_string();
        let places: Vec<_> =
            parties.iter().map(|(code, party)| (*code, party.clone(), text.clone())).collect();
        // Collecting into a map would sort first, by code of its own: 4 kB.
        let mut sums = BTreeMap::new();
        sums.extend(parties.into_iter().zip(store.totals(&places).await?));
        Ok(Self { date, sums })
    }

    /// Adds the part of a commit's totals that belongs to this day.
    pub fn add(&mut self, totals: &[Total]) {
        let day = self.date.to_string();
        for total in totals.iter().filter(|total| total.day == day) {
            if let Some(sum) = self.sums.get_mut(&(total.code, total.party.clone())) {
                *sum += total.add;
            }
        }
    }

    /// The sum of all payments taken.
    pub fn taken(&self) -> Money {
        self.sum(TAKEN)
    }

    /// Payments taken by method, largest first, without methods that took nothing.
    pub fn taken_by(&self) -> Vec<(Method, Money)> {
        let of = |name: &str| self.sums.get(&(TAKEN, name.to_owned())).copied().unwrap_or_default();
        let mut by: Vec<_> = WORDS.iter().map(|(name, method)| (*method, Money(of(name)))).collect();
        by.retain(|(_, sum)| !sum.is_zero());
        sort_by_key(&mut by, |(_, sum)| std::cmp::Reverse(*sum));
        by
    }

    /// The sum of all money given back.
    pub fn given(&self) -> Money {
        self.sum(GIVEN)
    }

    /// The number of refunds and pay-outs.
    pub fn refunds(&self) -> u64 {
        u64::try_from(self.sum(RETURNS).0).unwrap_or_default()
    }

    fn sum(&self, code: u16) -> Money {
        Money(self.sums.iter().filter(|((each, _), _)| *each == code).map(|(_, sum)| sum).sum())
    }
}
