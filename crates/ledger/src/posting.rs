//! Postings: the lines of an entry in the book accounts. They balance by construction.

use crate::code::{BookAccount, Code};
use crate::date::Date;
use crate::money::Money;

/// Debit or credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Side {
    Debit,
    Credit,
}

/// One line: the amount is positive, the side carries the direction.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Posting {
    pub account: BookAccount,
    pub side: Side,
    pub amount: Money,
}

/// What a record changed in the sums of the book: net, debit positive, never zero, one row an account and day.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Movement {
    pub account: BookAccount,
    pub on: Date,
    pub amount: Money,
}

/// The line that a net movement stands for.
impl From<&Movement> for Posting {
    fn from(moved: &Movement) -> Self {
        let side = if moved.amount.is_positive() { Side::Debit } else { Side::Credit };
        Self { account: moved.account.clone(), side, amount: Money(moved.amount.0.abs()) }
    }
}

/// Documents by their place in the account, each with an amount. An entry touches one or two, so they need no memory of
/// their own.
pub(crate) type Touched = smallvec::SmallVec<[(usize, Money); 2]>;

/// The lines of one entry while they are made. The only way to add to them is a transfer from one account to
/// another, so whatever is made balances.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Of no day yet.
    rows: Vec<Movement>,
    /// What changed in what orders owe, by their place in the account; for reports that look back.
    pub(crate) owed: Touched,
    /// The same of what is outstanding of lots.
    pub(crate) outstanding: Touched,
}

/// Stands in lines until their entry's date is put in.
const NO_DAY: Date = Date(jiff::civil::Date::ZERO);

impl Lines {
    /// Debits one account and credits another; a negative amount goes the other way.
    pub fn transfer(&mut self, debit: &BookAccount, credit: &BookAccount, amount: Money) {
        if !amount.is_zero() {
            self.add(debit, amount);
            self.add(credit, -amount);
        }
    }

    /// The net of an account so far, debit positive.
    #[must_use]
    pub fn net(&self, account: &BookAccount) -> Money {
        self.rows.iter().find(|row| row.account == *account).map_or(Money::ZERO, |row| row.amount)
    }

    /// The net of all accounts of a code.
    pub(crate) fn net_of(&self, code: Code) -> Money {
        self.rows.iter().filter(|row| row.account.code == code).map(|row| row.amount).sum()
    }

    /// The net lines under a date, in order of first use.
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
    fn whatever_is_transferred_balances_and_nets() {
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
