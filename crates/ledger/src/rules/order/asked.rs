//! The input of an order: lines as typed, partners, due date.

use crate::date::Date;
use crate::entry::discount::Discount;
use crate::id::Id;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;

/// An order line as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct LineAsked {
    /// The text of the line.
    pub text: String,
    /// The quantity, above zero.
    pub qty: Quantity,
    /// The unit price in minor units; net if `tax` is on top, otherwise gross.
    pub unit: Money,
    /// How tax is computed.
    pub tax: Tax,
    /// The discount of the line itself.
    pub less: Option<Discount>,
}

/// Whether a price contains tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// No tax.
    None,
    /// The price contains tax at this rate.
    Inside(Rate),
    /// Tax at this rate is added to the price.
    OnTop(Rate),
}

/// An order to place. The id of the command becomes the id of the order.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOrder {
    /// The lines, at least one.
    pub lines: Vec<LineAsked>,
    /// The partner who brought the customer.
    pub lead: Option<Id>,
    /// The partner who made the sale.
    pub sale: Option<Id>,
    /// The due date; `None` means at once.
    pub due: Option<Date>,
    /// The customer's own reference.
    pub reference: Option<String>,
    /// Whether the order is an opening balance from another system: no sale, no tax, no commission.
    pub opening: bool,
    /// The discount of the whole order.
    pub discount: Option<Discount>,
}
