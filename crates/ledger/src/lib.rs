//! The rules of a customer-account ledger, in four layers: entries, accounts, rules, views.
//!
//! The crate knows nothing about storage, clocks, randomness, locales, HTML or sync. Every function is a pure
//! function of its arguments: the same records produce the same state on every machine.

pub mod account;
pub mod code;
pub mod date;
pub mod decide;
pub mod entry;
pub mod exception;
pub mod fold;
pub mod hidden;
pub mod id;
pub mod limits;
pub mod method;
pub mod money;
pub mod posted;
pub mod posting;
pub mod preview;
pub mod quantity;
pub mod rate;
pub mod refusal;
mod round;
pub mod rules;
pub mod shop;
mod text;
pub mod view;
