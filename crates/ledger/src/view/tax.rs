//! The tax report: sales tax charged and taken back, by rate.

use crate::code::Code;
use crate::entry::Body;
use crate::money::Money;
use crate::posted::PostedRow;
use crate::rate::Rate;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The tax of one rate over a span, in minor units: 2200 falls or rises by `charged − taken_back`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TaxRow {
    /// The tax in orders.
    pub charged: Money,
    /// The tax in credit notes, refunds and credits, less what was undone.
    pub taken_back: Money,
}

impl TaxRow {
    /// What is due of the span.
    #[must_use]
    pub fn due(&self) -> Money {
        self.charged - self.taken_back
    }
}

impl AddAssign<&Self> for TaxRow {
    fn add_assign(&mut self, more: &Self) {
        self.charged += more.charged;
        self.taken_back += more.taken_back;
    }
}

/// The rows by rate, and the net amounts of all rates together. Postings have the net of an entry in one sum, so that of a
/// single rate does not follow from them where an entry has several.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taxes {
    /// By rate.
    pub rows: BTreeMap<Rate, TaxRow>,
    /// Net sales: what 4000 rose by.
    pub sales: Money,
    /// Net returns and credits: what 4010 rose by.
    pub returns: Money,
}

impl Taxes {
    /// Adds rows of the posted journal in a span.
    pub fn add(&mut self, rows: &[PostedRow<'_>], span: Span) {
        for part in rows.iter().filter(|row| span.holds(row.day)).flat_map(|row| row.parts.iter()) {
            let is_order = matches!(part.entry.body, Body::OrderPlaced(_));
            self.sales += -part.net(Code::Sales);
            self.returns += part.net(Code::Returns);
            for moved in part.moved.iter().filter(|moved| moved.account.code == Code::SalesTax) {
                let row = self.rows.entry(Rate::parse(&moved.account.party).unwrap_or_default()).or_default();
                if is_order {
                    row.charged += -moved.amount;
                } else {
                    row.taken_back += moved.amount;
                }
            }
        }
    }

    /// Adds the rows of another report.
    pub fn merge(&mut self, other: Self) {
        for (rate, more) in other.rows {
            *self.rows.entry(rate).or_default() += &more;
        }
        self.sales += other.sales;
        self.returns += other.returns;
    }
}
