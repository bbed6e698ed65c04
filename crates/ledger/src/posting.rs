//! Postings: the lines of an entry in the book accounts. They balance by construction.

use crate::code::{BookAccount, Code};
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;

/// Debit or credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Side {
    Debit,
    Credit,
}

/// One posting: the amount is positive and in minor units; the side gives the direction.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Posting {
    pub account: BookAccount,
    pub side: Side,
    pub amount: Money,
}

/// The net change of one book account on one day by one entry, in minor units: debit positive, never zero.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Movement {
    pub account: BookAccount,
    pub on: Date,
    pub amount: Money,
}

/// The posting of a net change.
impl From<&Movement> for Posting {
    fn from(moved: &Movement) -> Self {
        let side = if moved.amount.is_positive() { Side::Debit } else { Side::Credit };
        Self { account: moved.account.clone(), side, amount: Money(moved.amount.0.abs()) }
    }
}

/// Documents by their index in the account, each with an amount. An entry usually touches one or two, so the list
/// rarely allocates.
pub(crate) type Touched = smallvec::SmallVec<[(usize, Money); 2]>;

/// The changes of documents by id, in minor units.
pub type DocumentChanges = smallvec::SmallVec<[(Id, Money); 2]>;

/// The postings of one entry while they are collected. They are only added as transfers from one account to another,
/// so they always balance.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// The net change per book account; the date is not set yet.
    rows: Vec<Movement>,
    /// The changes of what the touched orders owe; for reports as of an earlier day.
    pub(crate) owed: DocumentChanges,
    /// The changes of what is outstanding of the touched lots.
    pub(crate) outstanding: DocumentChanges,
}

/// A placeholder until the date of the entry is set.
const NO_DAY: Date = Date(jiff::civil::Date::ZERO);

impl Lines {
    /// Debits one account and credits another; a negative amount does the opposite.
    pub fn transfer(&mut self, debit: &BookAccount, credit: &BookAccount, amount: Money) {
        if !amount.is_zero() {
            self.add(debit, amount);
            self.add(credit, -amount);
        }
    }

    /// The net change of an account so far, debit positive.
    #[must_use]
    pub fn net(&self, account: &BookAccount) -> Money {
        self.rows.iter().find(|row| row.account == *account).map_or(Money::ZERO, |row| row.amount)
    }

    /// The net change of all accounts of a code, debit positive.
    pub(crate) fn net_of(&self, code: Code) -> Money {
        self.rows.iter().filter(|row| row.account.code == code).map(|row| row.amount).sum()
    }

    /// What the money accounts received, in minor units; below zero if money left them.
    pub(crate) fn money(&self) -> Money {
        self.rows.iter().filter(|row| row.account.code.is_money()).map(|row| row.amount).sum()
    }

    /// The net changes with the date of the entry, in the order of first use.
    pub fn dated(mut self, on: Date) -> impl Iterator<Item = Movement> {
        self.rows.retain(|row| !row.amount.is_zero());
        self.rows.iter_mut().for_each(|row| row.on = on);
        self.rows.into_iter()
    }

    fn add(&mut self, account: &BookAccount, amount: Money) {
        match self.rows.iter_mut().find(|row| row.account == *account) {
            Some(row) => row.amount += amount,
            None => self.rows.push(Movement { account: account.clone(), on: NO_DAY, amount }),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::code::{BookAccount, Code};
    use crate::date::Date;
    use crate::money::Money;
    use crate::posting::Lines;

    #[test]
    fn transfers_balance_and_are_netted() {
        let (cash, sales, tax) = (
            BookAccount::drawer("A"),
            BookAccount::of(Code::Sales),
            BookAccount::of_party(Code::SalesTax, "20"),
        );
        let mut lines = Lines::default();
        lines.transfer(&cash, &sales, Money(100));
        lines.transfer(&cash, &tax, Money(20));
        lines.transfer(&cash, &tax, Money(-20));
        assert_eq!(lines.net(&cash), Money(100));
        let moved: Vec<_> =
            Date::parse("2026-03-02").into_iter().flat_map(|on| lines.clone().dated(on)).collect();
        assert_eq!(moved.iter().map(|line| line.amount).sum::<Money>(), Money::ZERO);
        assert_eq!(moved.len(), 2);
    }
}
