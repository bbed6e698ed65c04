//! Acts on money without a customer, seals, and resolved exceptions. One file per act.

pub(crate) mod count;
pub(crate) mod move_money;
pub(crate) mod open;
pub(crate) mod pay_partner;
pub(crate) mod resolve;
pub(crate) mod reverse_partner_payment;
pub(crate) mod seal;
pub(crate) mod unseal;
