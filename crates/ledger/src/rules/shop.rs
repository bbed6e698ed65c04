//! Acts of the shop itself: opening it, staff, bank accounts, methods, items, partners, customers. One file per act.

pub(crate) mod adopt;
pub(crate) mod bank;
pub(crate) mod blind_count;
pub(crate) mod customer;
pub(crate) mod device;
pub(crate) mod duplicate;
pub(crate) mod grant;
pub(crate) mod item;
pub(crate) mod method;
pub(crate) mod moved;
pub(crate) mod open;
pub(crate) mod partner;
pub(crate) mod rounding;
pub(crate) mod staff;
