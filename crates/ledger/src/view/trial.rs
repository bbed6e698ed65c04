//! The trial balance: every book account whose balance is not zero, as a debit or a credit.

use crate::code::{BookAccount, Code};
use crate::money::Money;
use std::collections::BTreeMap;

/// The balance of one book account in minor units; one of the two amounts is zero.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct TrialRow {
    pub account: BookAccount,
    pub debit: Money,
    pub credit: Money,
}

/// All accounts by code and party, and the two sums, which are equal.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct TrialBalance {
    pub rows: Vec<TrialRow>,
    pub debit: Money,
    pub credit: Money,
}

impl TrialBalance {
    /// The trial balance of these balances, debit positive.
    #[must_use]
    pub fn of(balances: &BTreeMap<BookAccount, Money>) -> Self {
        let rows = balances.iter().filter(|(_, balance)| !balance.is_zero()).map(|(account, balance)| {
            TrialRow { account: account.clone(), debit: balance.or_zero(), credit: (-*balance).or_zero() }
        });
        let rows: Vec<_> = rows.collect();
        let (debit, credit) =
            (rows.iter().map(|row| row.debit).sum(), rows.iter().map(|row| row.credit).sum());
        Self { rows, debit, credit }
    }

    /// The trial balance with one row per code, the sum of its parties.
    #[must_use]
    pub fn by_code(balances: &BTreeMap<BookAccount, Money>) -> Self {
        let mut codes: BTreeMap<Code, Money> = BTreeMap::new();
        for (account, balance) in balances {
            *codes.entry(account.code).or_default() += *balance;
        }
        Self::of(&codes.into_iter().map(|(code, balance)| (BookAccount::of(code), balance)).collect())
    }

    /// Whether both sides are equal. They always are, unless this program has a bug.
    #[must_use]
    pub fn balances(&self) -> bool {
        self.debit == self.credit
    }
}
