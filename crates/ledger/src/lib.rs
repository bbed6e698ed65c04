//! The rules of a customer-account book: acts, postings, folds and views.
//!
//! Knows nothing about storage, clocks, randomness, locales, HTML or sync. Everything here is a pure
//! function of its arguments: the same records give the same state on every machine.

pub mod account;
pub mod act;
pub mod body;
pub mod code;
pub mod command;
pub mod date;
pub mod decide;
pub mod entry;
pub mod exception;
pub mod id;
pub mod limits;
pub mod method;
pub mod money;
pub mod posting;
pub mod preview;
pub mod rate;
pub mod refusal;
pub mod rights;
mod round;
pub mod shop;
mod text;
pub mod view;
