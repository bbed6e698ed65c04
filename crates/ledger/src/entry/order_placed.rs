//! `order.placed`: a sale to a customer. The order is also the invoice and has its number.

use crate::date::Date;
use crate::entry::content::{Content, Summary, amount_at_most, sum_within};
use crate::entry::discount::Discount;
use crate::entry::partner_added::Basis;
use crate::id::Id;
use crate::limits::{MAX_LINES, MAX_QTY, OverLimit, at_most};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// The role of a partner on an order. One partner may have both roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PartnerRole {
    Lead,
    Sale,
}

/// An order line as recorded. `unit` is the typed unit price in minor units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Line {
    pub text: String,
    pub qty: Quantity,
    pub unit: Money,
    /// The discount of the line itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less: Option<Discount>,
    /// What the line adds to its tax group in minor units: with tax, after its discount and its share of that of the
    /// order.
    pub gross: Money,
    pub rate: Rate,
    /// Whether the price is net and tax is added. Always false in orders that version 1 recorded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_top: bool,
}

/// An order line, version 1: whole quantities, no discount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineV1 {
    text: String,
    qty: u32,
    unit: Money,
    gross: Money,
    rate: Rate,
}

impl From<LineV1> for Line {
    fn from(old: LineV1) -> Self {
        let LineV1 { text, qty, unit, gross, rate } = old;
        Self { text, qty: Quantity::whole(qty), unit, less: None, gross, rate, on_top: false }
    }
}

impl Line {
    /// Whether the line belongs to a tax group: there is one a rate and mode.
    #[must_use]
    pub fn is_of(&self, group: &TaxGroup) -> bool {
        (self.rate, self.on_top) == (group.rate, group.on_top)
    }
}

/// The sums of the lines of one rate and mode, in minor units. `tax` was rounded once, when the order was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TaxGroup {
    pub rate: Rate,
    pub gross: Money,
    pub tax: Money,
    /// Whether tax was added to the prices. Always false in orders that version 1 recorded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_top: bool,
}

/// A tax group, version 1: one a rate, whatever the mode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaxGroupV1 {
    rate: Rate,
    gross: Money,
    tax: Money,
}

impl From<TaxGroupV1> for TaxGroup {
    fn from(old: TaxGroupV1) -> Self {
        Self { rate: old.rate, gross: old.gross, tax: old.tax, on_top: false }
    }
}

/// A partner of an order, with the rate and basis at the time when it was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderPartner {
    pub role: PartnerRole,
    pub id: Id,
    pub rate: Rate,
    pub basis: Basis,
}

/// The content of `order.placed`, version 2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderPlaced {
    pub lines: Vec<Line>,
    pub groups: Vec<TaxGroup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<OrderPartner>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opening: bool,
    /// The discount of the whole order, spread over its lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
}

/// The content of `order.placed`, version 1, without discounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderPlacedV1 {
    lines: Vec<LineV1>,
    groups: Vec<TaxGroupV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    partners: Vec<OrderPartner>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    opening: bool,
}

impl From<OrderPlacedV1> for OrderPlaced {
    fn from(old: OrderPlacedV1) -> Self {
        let OrderPlacedV1 { lines, groups, partners, due, reference, opening } = old;
        let lines = lines.into_iter().map(Line::from).collect();
        let groups = groups.into_iter().map(TaxGroup::from).collect();
        Self { lines, groups, partners, due, reference, opening, discount: None }
    }
}

impl Content for OrderPlaced {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.lines.iter().for_each(|line| visit(&line.text));
        self.reference.iter().for_each(|text| visit(text));
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("lines", self.lines.len(), MAX_LINES)?;
        at_most("tax groups", self.groups.len(), MAX_LINES)?;
        at_most("partners", self.partners.len(), 2)?;
        sum_within(self.groups.iter().map(|group| group.gross))?;
        self.groups.iter().try_for_each(|group| amount_at_most("tax", group.tax, group.gross))?;
        let pieces = |line: &Line| line.qty.0.div_ceil(Quantity::ONE.0) as usize;
        self.lines.iter().try_for_each(|line| at_most("quantity", pieces(line), MAX_QTY as usize))
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary { amount: self.groups.iter().map(|group| group.gross).sum(), ..Summary::default() }
    }
}
