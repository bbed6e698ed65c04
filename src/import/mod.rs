//! Reading a table of another program: bytes to rows, rows to commands, and what is wrong, line by line.
//!
//! Nothing here knows the browser, a screen or the store, so a whole file is checked before anything is recorded. The ids of the
//! commands follow from the rows: the same row gives the same document, so the same file adds nothing a second time.

mod cells;
mod check;
mod column;
mod customer;
mod decode;
mod flaw;
mod item;
mod items;
mod known;
mod open_amount;
mod reading;
mod row_id;
mod rules;
mod sheet;
mod table;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests;

pub use check::{Check, Found, Ready};
pub use column::{Column, Kind, Matching, match_columns};
pub use decode::{Encoding, NotText};
pub use flaw::{Flaw, LineFlaw};
pub use items::Items;
pub use known::Known;
pub use reading::{DateOrder, NumberMarks, Reading, guess};
pub use rules::{Rules, Words};
pub use sheet::{LARGEST_FILE, Sheet};
pub use table::{MOST_COLUMNS, Row, Separator};
