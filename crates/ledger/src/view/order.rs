//! An order in a list, and an order whole.

use crate::act::order::{Line, OrderPartner, TaxGroup};
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use crate::view::lot::LotRow;
use crate::view::payment::PaymentRow;
use crate::view::refund::RefundRow;

/// Where an order stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum OrderState {
    Unpaid,
    PartPaid,
    Paid,
    /// All of it was credited, and what was paid went back.
    Refunded,
    /// Settled by credit notes alone or by writing off.
    Credited,
}

/// An order in a list. `owed = amount − paid − credited − written_off`, in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct OrderRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub due: Option<Date>,
    /// The lines' texts, joined with a comma.
    pub what: String,
    pub state: OrderState,
    pub amount: Money,
    /// Kept payments and applied credit, less what was released.
    pub paid: Money,
    pub credited: Money,
    pub written_off: Money,
    pub owed: Money,
    pub opening: bool,
}

/// What one partner stands to earn on an order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Earned {
    pub partner: OrderPartner,
    pub name: String,
    /// Given to date: payable for this order.
    pub given: Money,
    /// Calculated up front and not yet given; zero for the on-payment basis.
    pub accrued: Money,
}

/// One thing that may be refunded on an order: a payment, or credit applied from a lot.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Refundable {
    pub from: Id,
    pub no: Option<String>,
    /// True when `from` is a lot whose applied credit would go back to it.
    pub credit: bool,
    pub on: Date,
    pub method: Option<crate::act::payment::Method>,
    /// Allocated or applied to this order, in minor units.
    pub allocated: Money,
    pub refundable: Money,
    /// Why nothing may be refunded of it, if so.
    pub pending: bool,
}

/// An order whole.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct OrderView {
    pub row: OrderRow,
    pub customer: Id,
    pub lines: Vec<Line>,
    pub groups: Vec<TaxGroup>,
    /// Tax still in the sale after credits, in minor units.
    pub tax: Money,
    pub reference: Option<String>,
    pub partners: Vec<Earned>,
    pub payments: Vec<PaymentRow>,
    /// Credit notes on it and lots applied to it.
    pub credits: Vec<LotRow>,
    pub refunds: Vec<RefundRow>,
    pub refundable: Vec<Refundable>,
    /// refundable(order): no more than this may go back together.
    pub refundable_total: Money,
}
