//! What one account, or the shop itself, contributes to the stored sums: the posted journal by book account and day, and
//! the takings by day.

use super::takings::TakingsByDay;
use super::totals::total;
use crate::store::Total;
use ledger::code::BookAccount;
use ledger::date::Date;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::money::Money;
use ledger::posted::totals;
use ledger::posting::Movement;
use ledger::shop::Seals;
use std::collections::BTreeMap;

/// Sums by book account and day, and the takings among them; also the difference of two contributions.
#[derive(Debug, Default)]
pub struct Contribution {
    moved: BTreeMap<(BookAccount, Date), i64>,
    takings: BTreeMap<(u16, String, String), i64>,
}

impl Contribution {
    /// That of an account.
    pub fn of_account(book: &CustomerBook, seals: &Seals) -> Self {
        let rows = book.posted_journal(seals);
        let mut takings = TakingsByDay::new();
        rows.iter().for_each(|row| takings.add(book.account(), row.day, &row.parts));
        let mut contribution = Self::of_movements(totals(&rows));
        contribution.takings = takings.totals().into_iter().map(keyed).collect();
        contribution
    }

    /// That of the shop's own entries.
    pub fn of_shop(book: &ShopBook) -> Self {
        Self::of_movements(totals(&book.posted_journal()))
    }

    fn of_movements(moved: Vec<Movement>) -> Self {
        let moved = moved.into_iter().map(|line| ((line.account, line.on), line.amount.0)).collect();
        Self { moved, takings: BTreeMap::new() }
    }

    /// Adds another contribution.
    pub fn add(&mut self, more: &Self) {
        self.merge(more, 1);
    }

    /// Subtracts another contribution.
    pub fn subtract(&mut self, less: &Self) {
        self.merge(less, -1);
    }

    fn merge(&mut self, other: &Self, sign: i64) {
        for (key, amount) in &other.moved {
            *self.moved.entry(key.clone()).or_default() += sign * amount;
        }
        for (key, amount) in &other.takings {
            *self.takings.entry(key.clone()).or_default() += sign * amount;
        }
    }

    /// The changes of book accounts, without those that are zero.
    pub fn moved(&self) -> Vec<Movement> {
        let changed = self.moved.iter().filter(|(_, amount)| **amount != 0);
        changed
            .map(|((account, on), amount)| Movement {
                account: account.clone(),
                on: *on,
                amount: Money(*amount),
            })
            .collect()
    }

    /// The changes of the stored sums, without those that are zero.
    pub fn totals(&self) -> Vec<Total> {
        let takings = self.takings.iter().filter(|(_, add)| **add != 0);
        let takings = takings.map(|((code, party, day), add)| Total {
            code: *code,
            party: party.clone(),
            day: day.clone(),
            add: *add,
        });
        self.moved().iter().map(total).chain(takings).collect()
    }
}

fn keyed(total: Total) -> ((u16, String, String), i64) {
    ((total.code, total.party, total.day), total.add)
}
