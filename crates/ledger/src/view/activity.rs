//! Who did what: what each person recorded over a span, and the money of it.

use crate::code::Code;
use crate::entry::Body;
use crate::entry::record::{Entry, Place, Verdict};
use crate::fold::customer_book::CustomerBook;
use crate::fold::posted::Posted;
use crate::fold::shop_book::ShopBook;
use crate::id::Id;
use crate::money::Money;
use crate::posted::PostedRow;
use crate::shop::Seals;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// What one person recorded, in minor units. What is undone is subtracted from the one who undid it, on the day when it was
/// undone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActivityRow {
    /// The number of entries, also of those that post nothing.
    pub entries: i64,
    /// The number of entries among them that undo another one.
    pub reversals: i64,
    /// The gross of orders.
    pub sold: Money,
    /// Payments.
    pub taken: Money,
    /// Money of refunds and pay-outs.
    pub given_back: Money,
    /// By how much sales became smaller, with tax, and goodwill.
    pub credited: Money,
    /// Debts written off.
    pub written_off: Money,
}

impl AddAssign<&Self> for ActivityRow {
    fn add_assign(&mut self, more: &Self) {
        self.entries += more.entries;
        self.reversals += more.reversals;
        self.sold += more.sold;
        self.taken += more.taken;
        self.given_back += more.given_back;
        self.credited += more.credited;
        self.written_off += more.written_off;
    }
}

/// The rows by the id of the person.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Activity {
    pub rows: BTreeMap<Id, ActivityRow>,
}

impl Activity {
    /// Adds an account, whose rows of the posted journal are `rows`.
    pub fn add(&mut self, book: &CustomerBook, seals: &Seals, rows: &[PostedRow<'_>], span: Span) {
        for (place, verdict, entry) in book.records() {
            self.count(place, verdict, entry, seals, span);
        }
        for part in rows.iter().filter(|row| span.holds(row.day)).flat_map(|row| row.parts.iter()) {
            self.add_part(part);
        }
    }

    /// Adds the shop's own entries. Their money moves between its own accounts and is no one's takings.
    pub fn add_shop(&mut self, book: &ShopBook, span: Span) {
        for record in book.records() {
            self.count(&record.place, record.verdict, &record.entry, &book.shop().seals, span);
        }
    }

    fn count(&mut self, place: &Place, verdict: Verdict, entry: &Entry, seals: &Seals, span: Span) {
        if verdict == Verdict::Refused || !span.holds(seals.posting_day(place, entry.on)) {
            return;
        }
        let row = self.rows.entry(entry.actor.clone()).or_default();
        row.entries += 1;
        row.reversals += i64::from(undoes(&entry.body));
    }

    /// Adds what one entry posted, or posts more or less.
    fn add_part(&mut self, part: &Posted) {
        let money: Money =
            part.moved.iter().filter(|moved| moved.account.code.is_money()).map(|moved| moved.amount).sum();
        let row = self.rows.entry(part.entry.actor.clone()).or_default();
        let (sales, tax) = (part.net(Code::Sales), part.net(Code::SalesTax));
        if matches!(part.entry.body, Body::OrderPlaced(_)) {
            row.sold += -(sales + tax);
        } else {
            row.credited += part.net(Code::Returns) + tax + part.net(Code::Goodwill);
        }
        if matches!(
            part.entry.body,
            Body::PaymentRecorded(_) | Body::PaymentReversed(_) | Body::DisputeRecorded(_)
        ) {
            row.taken += money + part.net(Code::BankFees);
        } else {
            row.given_back += -money;
        }
        row.written_off += part.net(Code::WriteOffs);
    }

    /// Adds the rows of another report.
    pub fn merge(&mut self, other: Self) {
        for (person, more) in other.rows {
            *self.rows.entry(person).or_default() += &more;
        }
    }
}

/// Whether an entry undoes another one.
const fn undoes(body: &Body) -> bool {
    matches!(
        body,
        Body::PaymentReversed(_)
            | Body::RefundReversed(_)
            | Body::PayoutReversed(_)
            | Body::CreditReversed(_)
            | Body::CreditNoteReversed(_)
            | Body::WriteOffReversed(_)
            | Body::PartnerPaymentReversed(_)
            | Body::DayUnsealed(_)
    )
}
