//! Place an order: a sale to a customer. The order is the invoice and carries its number.

use crate::act::shop::Basis;
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

pub(crate) mod decide;
mod fold;

/// One line as asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct LineAsked {
    /// What was sold.
    pub text: String,
    /// How many, at least 1.
    pub qty: u32,
    /// Price of one, in minor units; net when `tax` is on top, else gross.
    pub unit: Money,
    /// How tax is reckoned.
    pub tax: Tax,
}

/// How a price stands to its tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// No tax.
    None,
    /// The price contains tax at this rate.
    Inside(Rate),
    /// Tax at this rate comes on top.
    OnTop(Rate),
}

/// What a partner did for an order. One partner may stand in both roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PartnerRole {
    Lead,
    Sale,
}

/// Asks for an order; the command's id is the order's.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOrder {
    /// At least one line.
    pub lines: Vec<LineAsked>,
    /// The partner who brought the customer.
    pub lead: Option<Id>,
    /// The partner who made the sale.
    pub sale: Option<Id>,
    /// When payment is due; `None`: at once.
    pub due: Option<Date>,
    /// The customer's own reference.
    pub reference: Option<String>,
    /// An order brought over from an old system: no sale, no tax, no commission.
    pub opening: bool,
}

impl PlaceOrder {
    /// What it comes to: gross, and the tax in it, as placing it would write them. The amounts have to be
    /// within the limits.
    #[must_use]
    pub fn worth(&self) -> (Money, Money) {
        let (_, groups) = decide::lines_and_groups(&self.lines);
        (groups.iter().map(|group| group.gross).sum(), groups.iter().map(|group| group.tax).sum())
    }
}

/// A line as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Line {
    pub text: String,
    pub qty: u32,
    pub unit: Money,
    /// Gross of the line in minor units, tax inside.
    pub gross: Money,
    pub rate: Rate,
}

/// The lines of one rate together. `tax` was rounded once, when the order was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TaxGroup {
    pub rate: Rate,
    pub gross: Money,
    pub tax: Money,
}

/// A partner of an order, with the rate and basis that held when it was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderPartner {
    pub role: PartnerRole,
    pub id: Id,
    pub rate: Rate,
    pub basis: Basis,
}

/// An order as written.
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
