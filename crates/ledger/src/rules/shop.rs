//! The shop's own acts: opening it, its staff, its bank accounts, its partners, its customers. A file an act.

pub(crate) mod adopt;
pub(crate) mod bank;
pub(crate) mod customer;
pub(crate) mod grant;
pub(crate) mod method;
pub(crate) mod open;
pub(crate) mod partner;
pub(crate) mod staff;
