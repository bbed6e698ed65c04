//! The statement of account: what was charged, paid, credited and used, with running figures of what is owed and of
//! credit, never netted.

use crate::code::Code;
use crate::entry::Body;
use crate::fold::customer_book::{CustomerBook, Posted};
use crate::money::Money;
use crate::view::customer::CustomerRow;
use crate::view::history::HistoryRow;
use crate::view::span::Span;

/// What is owed and the credit, side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pair {
    /// 1100, in minor units.
    pub owed: Money,
    /// −2100: the plain sum of what is outstanding of all lots, in minor units.
    pub credit: Money,
}

/// An entry that changes 1100 or 2100. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementRow {
    /// The entry.
    pub what: HistoryRow,
    /// Dr 1100.
    pub charged: Money,
    /// Cr 1100.
    pub paid: Money,
    /// Cr 2100.
    pub given: Money,
    /// Dr 2100.
    pub used: Money,
    /// Both figures after the entry.
    pub after: Pair,
}

/// The statement of one customer over a span, by date, then in folding order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Statement {
    pub customer: CustomerRow,
    pub span: Span,
    pub opening: Pair,
    pub rows: Vec<StatementRow>,
    pub closing: Pair,
}

impl CustomerBook {
    /// The statement over a span.
    #[must_use]
    pub fn statement(&self, span: Span) -> Statement {
        let mut posted: Vec<&Posted> = self.posted().iter().collect();
        posted.sort_by_key(|posted| posted.entry.on);
        let (mut opening, mut after, mut rows) = (Pair::default(), Pair::default(), Vec::new());
        for posted in posted.into_iter().filter(|posted| !span.ends_before(posted.entry.on)) {
            let moved = Changes::of(posted);
            after.owed += moved.charged - moved.paid;
            after.credit += moved.given - moved.used;
            if span.begins_after(posted.entry.on) {
                opening = after;
            } else if moved != Changes::default() {
                let Changes { charged, paid, given, used } = moved;
                let what = self.account().describe_entry(&posted.entry);
                rows.push(StatementRow { what, charged, paid, given, used, after });
            }
        }
        Statement { customer: self.account().row(), span, opening, rows, closing: after }
    }
}

/// The changes of the two accounts of a customer by one entry, by side.
#[derive(Default, PartialEq)]
struct Changes {
    charged: Money,
    paid: Money,
    given: Money,
    used: Money,
}

impl Changes {
    fn of(posted: &Posted) -> Self {
        let net = |code: Code| -> Money {
            posted.moved.iter().filter(|line| line.account.code == code).map(|line| line.amount).sum()
        };
        let (receivable, held) = (net(Code::Receivable), -net(Code::CustomerCredit));
        let has_leg = has_two_legs(&posted.entry.body);
        let leg = if has_leg { net(Code::Returns) + net(Code::SalesTax) } else { Money::ZERO };
        let money = receivable + leg;
        Self {
            charged: money.or_zero() + (-leg).or_zero(),
            paid: (-money).or_zero() + leg.or_zero(),
            given: held.or_zero(),
            used: (-held).or_zero(),
        }
    }
}

/// Whether an entry can have two legs: a refund charges the money leg and credits the credit leg. Both change 1100,
/// and they are never netted.
const fn has_two_legs(body: &Body) -> bool {
    matches!(
        body,
        Body::RefundRecorded(_)
            | Body::RefundIssued(_)
            | Body::RefundApproved(_)
            | Body::RefundSettled(_)
            | Body::RefundReversed(_)
    )
}
