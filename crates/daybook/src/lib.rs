//! The day-book notation: plain text, one act a line; the executable specification of the book.
//!
//! [`parse::parse`] reads a text into a [`ast::DayBook`]; [`run`](run) records it on tills that exchange entries,
//! through the same gate as the app, and compares what its `expect` and `refuse` lines say with what the
//! book says. Knows `ledger`, `journal` and `book`; knows no file, no clock and no browser.

pub mod ast;
mod cursor;
pub mod example;
pub mod generate;
pub mod journal;
mod malformed;
mod names;
pub mod parse;
pub mod run;
pub mod state;
mod token;
pub mod words;

pub use malformed::Malformed;
