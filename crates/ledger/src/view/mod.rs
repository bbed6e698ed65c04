//! What screens and reports show: plain data in the user's words, equal when nothing changed.

pub mod account;
pub mod customer;
pub mod history;
pub mod lot;
pub mod order;
pub mod payment;
pub mod refund;
