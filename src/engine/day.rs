//! What one day has taken and given back, as kept in the sums.

use super::tally::{GIVEN, RETURNS, TAKEN};
use crate::sort::sort_by_key;
use crate::store::{Fault, Store, Total};
use ledger::date::Date;
use ledger::method::{Method, WORDS};
use ledger::money::Money;
use std::collections::BTreeMap;

/// The takings of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Which.
    pub date: Date,
    sums: BTreeMap<(u16, String), i64>,
}

impl Day {
    /// Reads a day: a fixed number of sums, whatever the journal's length.
    pub async fn read<S: Store>(store: &S, date: Date) -> Result<Self, Fault> {
        let codes = WORDS.iter().flat_map(|(name, _)| [(TAKEN, *name), (GIVEN, *name)]);
        let parties: Vec<_> =
            codes.chain([(RETURNS, "")]).map(|(code, party)| (code, party.to_owned())).collect();
        let text = date.to_string();
        let places: Vec<_> =
            parties.iter().map(|(code, party)| (*code, party.clone(), text.clone())).collect();
        let sums = store.totals(&places).await?;
        Ok(Self { date, sums: parties.into_iter().zip(sums).collect() })
    }

    /// Takes in what a commit added, where it falls on this day.
    pub fn add(&mut self, totals: &[Total]) {
        let day = self.date.to_string();
        for total in totals.iter().filter(|total| total.day == day) {
            if let Some(sum) = self.sums.get_mut(&(total.code, total.party.clone())) {
                *sum += total.add;
            }
        }
    }

    /// All that was taken.
    pub fn taken(&self) -> Money {
        self.sum(TAKEN)
    }

    /// By method, largest first, without those that took nothing.
    pub fn taken_by(&self) -> Vec<(Method, Money)> {
        let of = |name: &str| self.sums.get(&(TAKEN, name.to_owned())).copied().unwrap_or_default();
        let mut by: Vec<_> = WORDS.iter().map(|(name, method)| (*method, Money(of(name)))).collect();
        by.retain(|(_, sum)| !sum.is_zero());
        sort_by_key(&mut by, |(_, sum)| std::cmp::Reverse(*sum));
        by
    }

    /// All that was given back.
    pub fn given(&self) -> Money {
        self.sum(GIVEN)
    }

    /// How often something was given back.
    pub fn refunds(&self) -> u64 {
        u64::try_from(self.sum(RETURNS).0).unwrap_or_default()
    }

    fn sum(&self, code: u16) -> Money {
        Money(self.sums.iter().filter(|((each, _), _)| *each == code).map(|(_, sum)| sum).sum())
    }
}
