//! The statement of account: what was charged, paid, credited and used, with running figures of what is owed and of
//! credit, never netted.

use crate::code::Code;
use crate::date::Date;
use crate::entry::Body;
use crate::fold::customer_book::CustomerBook;
use crate::fold::posted::Posted;
use crate::money::Money;
use crate::shop::Seals;
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
    /// The day in the posted journal; later than the date of the entry if the entry is late for a seal.
    pub day: Date,
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

/// The statement of one customer over a span of the posted journal.
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
    /// The statement over a span of the posted journal.
    #[must_use]
    pub fn statement(&self, seals: &Seals, span: Span) -> Statement {
        let mut posted = self.posted_journal(seals);
        posted.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
        let (mut opening, mut after, mut rows) = (Pair::default(), Pair::default(), Vec::new());
        for row in posted.iter().filter(|row| !span.ends_before(row.day)) {
            let Changes { charged, paid, given, used } = Changes::of(&row.parts);
            after.owed += charged - paid;
            after.credit += given - used;
            if span.begins_after(row.day) {
                opening = after;
            } else if [charged, paid, given, used].iter().any(|amount| !amount.is_zero()) {
                let what = self.account().describe_entry(&row.entry);
                rows.push(StatementRow { day: row.day, what, charged, paid, given, used, after });
            }
        }
        Statement { customer: self.account().row(), span, opening, rows, closing: after }
    }
}

/// The changes of the two accounts of a customer, by side.
#[derive(Default)]
struct Changes {
    charged: Money,
    paid: Money,
    given: Money,
    used: Money,
}

impl Changes {
    /// The changes by one row. Both sides of each part are added up: a late payment that takes the place of another
    /// payment is paid, and the other is charged again.
    fn of(parts: &[Posted]) -> Self {
        let mut changes = Self::default();
        for part in parts {
            let (receivable, held) = (part.net(Code::Receivable), -part.net(Code::CustomerCredit));
            let leg = second_leg(part);
            let money = receivable + leg;
            changes.charged += money.or_zero() + (-leg).or_zero();
            changes.paid += (-money).or_zero() + leg.or_zero();
            changes.given += held.or_zero();
            changes.used += (-held).or_zero();
        }
        changes
    }
}

/// What an entry posts to 1100 beside its money: the credit leg of a refund, and what a payment recovers of a write-off,
/// which is charged again before it is paid.
fn second_leg(part: &Posted) -> Money {
    if has_two_legs(&part.entry.body) {
        part.net(Code::Returns) + part.net(Code::SalesTax)
    } else if matches!(part.entry.body, Body::PaymentRecorded(_)) {
        part.net(Code::WriteOffs)
    } else {
        Money::ZERO
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
