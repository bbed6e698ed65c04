//! Place an order: a sale to a customer. The order is the invoice and carries its number. A fact.

use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::act::shop::Basis;
use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::date::Date;
use crate::decide::Case;
use crate::id::Id;
use crate::limits::{MAX_LINES, MAX_QTY, OverLimit, at_most};
use crate::money::Money;
use crate::rate::Rate;
use crate::refusal::Refusal;
use lines::{extended, rate};
use serde::{Deserialize, Serialize};

mod lines;

pub(crate) use lines::lines_and_groups;

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
        let (_, groups) = lines_and_groups(&self.lines);
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

impl Case<'_> {
    /// UnknownCustomer, UnknownPartner, dates, AmountNotPositive, RateOutOfRange.
    pub(crate) fn place_order(&self, asked: &PlaceOrder) -> Result<Body, Refusal> {
        self.customer()?;
        let partners = self.partners(asked)?;
        self.dated()?;
        let priced = |line: &LineAsked| line.qty > 0 && line.unit.is_positive();
        if asked.lines.is_empty() || !asked.lines.iter().all(priced) {
            return Err(Refusal::AmountNotPositive);
        }
        if !asked.lines.iter().all(|line| rate(line.tax).in_range()) {
            return Err(Refusal::RateOutOfRange);
        }
        at_most("lines", asked.lines.len(), MAX_LINES).map_err(Refusal::OverLimit)?;
        asked.lines.iter().try_for_each(|line| self.line_within(line))?;
        let (lines, groups) = lines_and_groups(&asked.lines);
        self.within(groups.iter().map(|group| group.gross).sum())?;
        Ok(Body::OrderPlaced(OrderPlaced {
            lines,
            groups,
            partners: if asked.opening { Vec::new() } else { partners },
            due: asked.due,
            reference: crate::decide::written(asked.reference.as_ref()),
            opening: asked.opening,
        }))
    }

    fn partners(&self, asked: &PlaceOrder) -> Result<Vec<OrderPartner>, Refusal> {
        let roles = [(PartnerRole::Lead, &asked.lead), (PartnerRole::Sale, &asked.sale)];
        let named = roles.into_iter().filter_map(|(role, id)| id.as_ref().map(|id| (role, id)));
        named.map(|(role, id)| self.partner(role, id)).collect()
    }

    fn partner(&self, role: PartnerRole, id: &Id) -> Result<OrderPartner, Refusal> {
        let unknown = || Refusal::UnknownPartner { partner: id.clone() };
        let partner = self.cx.shop.partners.get(id).ok_or_else(unknown)?;
        Ok(OrderPartner { role, id: id.clone(), rate: partner.rate, basis: partner.basis })
    }

    /// So that the sums below stay within their type.
    fn line_within(&self, line: &LineAsked) -> Result<(), Refusal> {
        self.within(line.unit)?;
        let over = Refusal::OverLimit(OverLimit { what: "quantity", most: u64::from(MAX_QTY) });
        if line.qty > MAX_QTY { Err(over) } else { self.within(extended(line)) }
    }
}

impl Fold<'_> {
    /// Dr 1100 G; Cr 4000 N; Cr 2200 X. An opening order: Dr 1100, Cr 3000.
    pub(crate) fn place_order(&mut self, placed: &OrderPlaced) {
        let order = Order::placed(self.entry, placed, &mut self.at.rates);
        if placed.opening {
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::OpeningBalances), order.gross);
        } else {
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::Sales), order.net);
            for group in &order.groups {
                self.lines.transfer(&self.receivable, &group.account, group.tax);
            }
        }
        self.insert_order(&self.entry.id, order);
    }
}
