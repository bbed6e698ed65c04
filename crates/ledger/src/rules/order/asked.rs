//! What is asked of an order: lines as typed, partners, when payment is due.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;

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
