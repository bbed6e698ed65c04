//! The day-book notation: plain text, one act a line; the executable specification of the book.
//!
//! [`parse::parse`] parses a text to an [`ast::DayBook`]. [`run`](run) records it at counters that exchange entries, by
//! the same decisions as the app, and compares the `expect` and `refuse` lines with the outcome. The crate knows
//! `ledger`, `journal` and `codec`; it knows no file, no clock and no browser.

pub mod ast;
pub mod example;
pub mod generate;
pub mod journal;
mod line_parser;
mod malformed;
pub mod messages;
mod names;
pub mod outline;
pub mod parse;
pub mod run;
pub mod state;
mod token;

pub use malformed::Malformed;
