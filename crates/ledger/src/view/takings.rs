//! The takings report: money received from customers and paid back to them, by method and money account.

use crate::account::state::Account;
use crate::code::{Code, MoneyAccount};
use crate::entry::Body;
use crate::fold::posted::Posted;
use crate::method::Method;
use crate::money::Money;
use crate::posted::PostedRow;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The sums of one method in one money account, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakingsRow {
    /// Payments, less reversed payments and what card processors keep of disputed ones.
    pub taken: Money,
    /// The number of payments, less that of the reversed ones.
    pub times: i64,
    /// Refunds and pay-outs, less reversed ones.
    pub given_back: Money,
    /// The number of refunds and pay-outs, less that of the reversed ones.
    pub times_back: i64,
}

impl AddAssign<&Self> for TakingsRow {
    fn add_assign(&mut self, more: &Self) {
        self.taken += more.taken;
        self.times += more.times;
        self.given_back += more.given_back;
        self.times_back += more.times_back;
    }
}

/// The rows by method and money account. A reversal counts on its own day. An online refund counts on the day when it
/// succeeds, not while it is pending.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Takings {
    pub rows: BTreeMap<(Method, MoneyAccount), TakingsRow>,
}

impl Takings {
    /// Adds rows of the posted journal of an account in a span.
    pub fn add(&mut self, account: &Account, rows: &[PostedRow<'_>], span: Span) {
        for part in rows.iter().filter(|row| span.holds(row.day)).flat_map(|row| row.parts.iter()) {
            self.add_part(account, part);
        }
    }

    /// Adds what one entry posted, or posts more or less.
    pub fn add_part(&mut self, account: &Account, part: &Posted) {
        for moved in part.moved.iter().filter(|moved| moved.account.code.is_money()) {
            let method = account.method_of(&part.entry.body);
            let method = method.unwrap_or(default_method(moved.account.code));
            let row = self.rows.entry((method, moved.account.clone())).or_default();
            // An entry that posts no longer moves its money the other way.
            let came_in = moved.amount.is_positive() == (part.times >= 0);
            let times = if came_in { part.times } else { -part.times };
            // The fee of a disputed payment is an expense.
            let taken = moved.amount + part.net(Code::BankFees);
            if is_of_payment(&part.entry.body) {
                row.taken += taken;
                row.times += if taken.is_zero() { 0 } else { times };
            } else {
                row.given_back += -moved.amount;
                row.times_back -= times;
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

/// Whether an entry is a payment or its reversal.
const fn is_of_payment(body: &Body) -> bool {
    matches!(body, Body::PaymentRecorded(_) | Body::PaymentReversed(_) | Body::DisputeRecorded(_))
}

const fn default_method(code: Code) -> Method {
    match code {
        Code::Cash => Method::Cash,
        Code::Bank => Method::Bank,
        Code::Card => Method::Card,
        _ => Method::Other,
    }
}
