//! Reports and exports as text, for the app and the command line: tables for spreadsheets, journals for plain-text
//! accounting.
//!
//! Figures come from the views of the ledger; this crate only writes them. It does no IO: texts are appended to strings,
//! piece by piece, so that a large export is never in memory as a whole.

pub mod chart;
pub mod csv;
pub mod export;
pub mod sheet;
mod transaction;
pub mod words;

pub use transaction::{Transaction, sort};
