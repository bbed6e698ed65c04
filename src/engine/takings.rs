//! The day sums of takings and refunds, from what the entries posted.

use crate::store::Total;
use ledger::account::Account;
use ledger::date::Date;
use ledger::fold::Posted;
use ledger::method::{Method, WORDS};
use ledger::view::takings::Takings;
use std::collections::BTreeMap;

/// Codes of the app's own sums, below the codes of the chart of accounts. Payments taken, by method and day.
pub const TAKEN: u16 = 1;
/// Money given back, by method and day.
pub const GIVEN: u16 = 2;
/// The number of times money was given back, by day.
pub const RETURNS: u16 = 3;

/// Takings by day.
#[derive(Debug, Default)]
pub struct TakingsByDay(BTreeMap<Date, Takings>);

impl TakingsByDay {
    /// No takings.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds what entries of an account posted on a day of the posted journal, or posted more or less.
    pub fn add(&mut self, account: &Account, day: Date, parts: &[Posted]) {
        let takings = self.0.entry(day).or_default();
        parts.iter().for_each(|part| takings.add_part(account, part));
    }

    /// The changes of the stored sums.
    pub fn totals(&self) -> Vec<Total> {
        let mut sums = BTreeMap::<(u16, &str, Date), i64>::new();
        for (day, takings) in &self.0 {
            for ((method, _), row) in &takings.rows {
                let name = word(*method);
                *sums.entry((TAKEN, name, *day)).or_default() += row.taken.0;
                *sums.entry((GIVEN, name, *day)).or_default() += row.given_back.0;
                *sums.entry((RETURNS, "", *day)).or_default() += row.times_back;
            }
        }
        let changed = sums.into_iter().filter(|(_, add)| *add != 0);
        changed
            .map(|((code, party, day), add)| Total { code, party: party.into(), day: day.to_string(), add })
            .collect()
    }
}

/// The word of a method; those that the owner added are counted under *Other*.
fn word(method: Method) -> &'static str {
    let listed = |wanted| WORDS.iter().find(|(_, each)| *each == wanted).map(|(word, _)| *word);
    listed(method).or_else(|| listed(Method::Other)).unwrap_or_default()
}
