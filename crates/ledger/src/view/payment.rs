//! A payment in a list, with what of it may still go back.

use crate::act::payment::Method;
use crate::code::MoneyAccount;
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;

/// What of a payment went to one order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Allocated {
    pub order: Id,
    pub no: Option<String>,
    pub amount: Money,
}

/// A payment.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PaymentRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    pub method: Method,
    pub account: MoneyAccount,
    pub amount: Money,
    pub tendered: Option<Money>,
    pub allocated: Vec<Allocated>,
    /// What became credit when it was recorded.
    pub left_over: Money,
    pub refunded: Money,
    /// Over all its orders; its credit lot is apart.
    pub refundable: Money,
    pub eligible: bool,
    pub reference: Option<String>,
    pub note: Option<String>,
    pub reversed: bool,
}
