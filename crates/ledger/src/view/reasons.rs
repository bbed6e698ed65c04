//! Refunds by reason.

use crate::code::Code;
use crate::entry::Body;
use crate::entry::refund_settled::Outcome;
use crate::entry::refund_written::RefundWritten;
use crate::fold::customer_book::{CustomerBook, Posted};
use crate::id::Id;
use crate::money::Money;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// What refunds of one reason come to, in minor units; what was undone is taken off on the day it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReasonRow {
    /// How many.
    pub times: i64,
    /// What left the shop, or is on its way.
    pub money: Money,
    /// What became or became again credit of the customer.
    pub to_credit: Money,
    /// The credit legs: by how much sales became smaller, tax included.
    pub credited: Money,
}

impl AddAssign<&Self> for ReasonRow {
    fn add_assign(&mut self, more: &Self) {
        self.times += more.times;
        self.money += more.money;
        self.to_credit += more.to_credit;
        self.credited += more.credited;
    }
}

/// By reason, as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Reasons {
    pub rows: BTreeMap<String, ReasonRow>,
}

impl Reasons {
    /// Adds the refunds of one account in a span.
    pub fn add(&mut self, book: &CustomerBook, span: Span) {
        for posted in book.posted().iter().filter(|posted| span.holds(posted.entry.on)) {
            let Some((refund, times)) = refund(&posted.entry.body, &posted.entry.id) else { continue };
            let Some(reason) = content_of(book, refund).map(|written| &written.reason) else { continue };
            if posted.moved.is_empty() {
                continue;
            }
            let row = self.rows.entry(reason.clone()).or_default();
            row.times += times;
            row.money += -sum(posted, |code| code.is_money() || code == Code::RefundsPayable);
            row.to_credit += -sum(posted, |code| code == Code::CustomerCredit);
            row.credited += sum(posted, |code| matches!(code, Code::Returns | Code::SalesTax));
        }
        self.rows.retain(|_, row| *row != ReasonRow::default());
    }

    /// Adds what others contribute.
    pub fn merge(&mut self, other: Self) {
        for (reason, more) in other.rows {
            *self.rows.entry(reason).or_default() += &more;
        }
    }
}

/// The refund that an entry is about, and by how many it changes their count.
fn refund<'a>(body: &'a Body, id: &'a Id) -> Option<(&'a Id, i64)> {
    if let Body::RefundRecorded(_) | Body::RefundIssued(_) = body {
        return Some((id, 1));
    }
    if let Body::RefundApproved(approved) = body {
        return Some((&approved.request, 1));
    }
    if let Body::RefundReversed(reversed) = body {
        return Some((&reversed.of, -1));
    }
    let Body::RefundSettled(settled) = body else { return None };
    match settled.outcome {
        Outcome::Succeeded => Some((&settled.refund, 0)),
        Outcome::Failed | Outcome::Canceled => Some((&settled.refund, -1)),
    }
}

fn content_of<'a>(book: &'a CustomerBook, refund: &Id) -> Option<&'a RefundWritten> {
    book.account().entry(refund)?.body.refund()
}

fn sum(posted: &Posted, of: impl Fn(Code) -> bool) -> Money {
    posted.moved.iter().filter(|line| of(line.account.code)).map(|line| line.amount).sum()
}
