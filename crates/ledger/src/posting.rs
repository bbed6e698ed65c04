//! Postings: the lines of an entry in the book accounts. They balance by construction.

use crate::code::BookAccount;
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
pub struct Moved {
    pub account: BookAccount,
    pub on: Date,
    pub amount: Money,
}
