//! What came in from customers and what went back to them, by method and money account.

use crate::code::{Code, MoneyAccount};
use crate::fold::customer_book::CustomerBook;
use crate::method::Method;
use crate::money::Money;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Money of one method in one money account, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakingsRow {
    /// Payments, and refunds taken back.
    pub taken: Money,
    /// How many entries took it.
    pub times: u32,
    /// Refunds, pay-outs and payments reversed.
    pub given_back: Money,
    /// How many entries gave it back.
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

/// By method, then money account. Online refunds count when the money has left, not while they are pending.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Takings {
    pub rows: BTreeMap<(Method, MoneyAccount), TakingsRow>,
}

impl Takings {
    /// Adds what one account contributes in a span.
    pub fn add(&mut self, book: &CustomerBook, span: Span) {
        for posted in book.posted().iter().filter(|posted| span.holds(posted.entry.on)) {
            for moved in posted.moved.iter().filter(|moved| moved.account.code.is_money()) {
                let method = book.account().describe_entry(&posted.entry).method;
                let method = method.unwrap_or(usual(moved.account.code));
                let row = self.rows.entry((method, moved.account.clone())).or_default();
                let back = !moved.amount.is_positive();
                row.taken += moved.amount.or_zero();
                row.given_back += (-moved.amount).or_zero();
                row.times += u32::from(!back);
                row.times_back += u32::from(back);
            }
        }
    }

    /// Adds what others contribute.
    pub fn merge(&mut self, other: Self) {
        for (key, more) in other.rows {
            *self.rows.entry(key).or_default() += &more;
        }
    }
}

const fn usual(code: Code) -> Method {
    match code {
        Code::Cash => Method::Cash,
        Code::Bank => Method::Bank,
        Code::Card => Method::Card,
        _ => Method::Other,
    }
}
