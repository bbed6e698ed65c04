//! The Counter's figures. They are stored as sums, so showing them never reads the journal.

use ledger::method::Method;
use ledger::money::Money;

/// The figures of the tiles and of the age chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Payments dated today.
    pub taken: Money,
    /// The same by method, largest first, without methods that took nothing.
    pub taken_by: Vec<(Method, Money)>,
    /// Money given back to customers, dated today.
    pub given_back: Money,
    /// The number of refunds and pay-outs in `given_back`.
    pub refunds: u64,
    /// What all customers owe in total.
    pub owed: Money,
    /// How many customers owe something.
    pub owing: u64,
    /// Available credit of all customers in total.
    pub credit: Money,
    /// Owed by days after the due date: not due, 1–30, 31–60, 61–90, over 90.
    pub by_age: [Money; 5],
}
