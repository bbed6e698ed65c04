//! The report of refunds by reason.

use crate::account::state::Account;
use crate::code::Code;
use crate::entry::Body;
use crate::entry::refund_settled::Outcome;
use crate::entry::refund_written::RefundWritten;
use crate::fold::posted::Posted;
use crate::id::Id;
use crate::money::Money;
use crate::posted::PostedRow;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The sums of the refunds with one reason, in minor units. A refund that is undone is subtracted on the day when it
/// is undone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReasonRow {
    /// The number of refunds.
    pub times: i64,
    /// The money that left the shop, or is in transit.
    pub money: Money,
    /// The amount that became credit of the customer.
    pub to_credit: Money,
    /// The sum of the credit legs, with tax.
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

/// The rows by reason, as typed.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Reasons {
    pub rows: BTreeMap<String, ReasonRow>,
}

impl Reasons {
    /// Adds the refunds in rows of the posted journal of an account in a span.
    pub fn add(&mut self, account: &Account, rows: &[PostedRow<'_>], span: Span) {
        for part in rows.iter().filter(|row| span.holds(row.day)).flat_map(|row| row.parts.iter()) {
            let Some((refund, times)) = refund(&part.entry.body, &part.entry.id) else { continue };
            let Some(reason) = content_of(account, refund).map(|written| &written.reason) else { continue };
            if part.moved.is_empty() {
                continue;
            }
            let row = self.rows.entry(reason.clone()).or_default();
            row.times += times * part.times;
            row.money += -sum(part, |code| code.is_money() || code == Code::RefundsPayable);
            row.to_credit += -sum(part, |code| code == Code::CustomerCredit);
            row.credited += sum(part, |code| matches!(code, Code::Returns | Code::SalesTax));
        }
        self.rows.retain(|_, row| *row != ReasonRow::default());
    }

    /// Adds the rows of another report.
    pub fn merge(&mut self, other: Self) {
        for (reason, more) in other.rows {
            *self.rows.entry(reason).or_default() += &more;
        }
    }
}

/// The refund that an entry is about, and the change of the count.
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

fn content_of<'a>(account: &'a Account, refund: &Id) -> Option<&'a RefundWritten> {
    account.entry(refund)?.body.refund()
}

fn sum(posted: &Posted, of: impl Fn(Code) -> bool) -> Money {
    posted.moved.iter().filter(|line| of(line.account.code)).map(|line| line.amount).sum()
}
