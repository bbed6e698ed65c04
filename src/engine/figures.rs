//! The figures of the Counter, kept as sums: they never read the journal.

use ledger::method::Method;
use ledger::money::Money;

/// What the tiles and the age chart show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Payments dated today.
    pub taken: Money,
    /// The same by method, largest first, without those that took nothing.
    pub taken_by: Vec<(Method, Money)>,
    /// Money that went back to customers, dated today.
    pub given_back: Money,
    /// How many refunds and pay-outs that were.
    pub refunds: u64,
    /// What all customers owe together.
    pub owed: Money,
    /// How many customers owe something.
    pub owing: u64,
    /// Available credit of all customers.
    pub credit: Money,
    /// Owed by days after due: not due, 1–30, 31–60, 61–90, over 90.
    pub by_age: [Money; 5],
}
