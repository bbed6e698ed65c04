//! `order.placed`: a sale to a customer. The order is also the invoice and has its number.

use crate::date::Date;
use crate::entry::content::{Content, Summary, amount_at_most, sum_within};
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
    pub qty: u32,
    pub unit: Money,
    /// The gross of the line in minor units, with tax.
    pub gross: Money,
    pub rate: Rate,
}

impl Line {
    /// The quantity.
    #[must_use]
    pub const fn quantity(&self) -> Quantity {
        Quantity::whole(self.qty)
    }
}

/// The sums of the lines of one rate, in minor units. `tax` was rounded once, when the order was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TaxGroup {
    pub rate: Rate,
    pub gross: Money,
    pub tax: Money,
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

/// The content of `order.placed`.
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
        self.lines.iter().try_for_each(|line| at_most("quantity", line.qty as usize, MAX_QTY as usize))
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary { amount: self.groups.iter().map(|group| group.gross).sum(), ..Summary::default() }
    }
}
