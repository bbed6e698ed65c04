//! `order.placed`: a sale to a customer. The order is the invoice and carries its number.

use crate::date::Date;
use crate::entry::content::{Content, Summary, amount_at_most, sum_within};
use crate::entry::partner_added::Basis;
use crate::id::Id;
use crate::limits::{MAX_LINES, MAX_QTY, OverLimit, at_most};
use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// What a partner did for an order. One partner may stand in both roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PartnerRole {
    Lead,
    Sale,
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
