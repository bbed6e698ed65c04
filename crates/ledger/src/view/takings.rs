//! The takings report: money received from customers and paid back to them, by method and money account.

use crate::code::{Code, MoneyAccount};
use crate::fold::customer_book::CustomerBook;
use crate::method::Method;
use crate::money::Money;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The sums of one method in one money account, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakingsRow {
    /// Payments, and reversed refunds.
    pub taken: Money,
    /// The number of entries in `taken`.
    pub times: u32,
    /// Refunds, pay-outs and reversed payments.
    pub given_back: Money,
    /// The number of entries in `given_back`.
    pub times_back: u32,
}

impl AddAssign<&Self> for TakingsRow {
    fn add_assign(&mut self, more: &Self) {
        self.taken += more.taken;
        self.times += more.times;
        self.given_back += more.given_back;
        self.times_back += more.times_back;
    }
}

/// The rows by method and money account. An online refund counts when it has succeeded, not while it is pending.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Takings {
    pub rows: BTreeMap<(Method, MoneyAccount), TakingsRow>,
}

impl Takings {
    /// Adds the entries of one account in a span.
    pub fn add(&mut self, book: &CustomerBook, span: Span) {
        for posted in book.posted().iter().filter(|posted| span.holds(posted.entry.on)) {
            for moved in posted.moved.iter().filter(|moved| moved.account.code.is_money()) {
                let method = book.account().describe_entry(&posted.entry).method;
                let method = method.unwrap_or(default_method(moved.account.code));
                let row = self.rows.entry((method, moved.account.clone())).or_default();
                let back = !moved.amount.is_positive();
                row.taken += moved.amount.or_zero();
                row.given_back += (-moved.amount).or_zero();
                row.times += u32::from(!back);
                row.times_back += u32::from(back);
            }
        }
    }

    /// Adds the rows of another report.
    pub fn merge(&mut self, other: Self) {
        for (key, more) in other.rows {
            *self.rows.entry(key).or_default() += &more;
        }
    }
}

const fn default_method(code: Code) -> Method {
    match code {
        Code::Cash => Method::Cash,
        Code::Bank => Method::Bank,
        Code::Card => Method::Card,
        _ => Method::Other,
    }
}
