//! What a form holds before it is a command: text as typed, and the document id minted when the form opened.
//!
//! Drafts know no browser and no words. Parsing gives commands, or field errors as data; the sentences live
//! in the locale files. A draft that was kept over a reload parses to the same command with the same id, so
//! nothing is ever recorded twice.

mod amount;
mod card_number;
pub mod credit;
pub mod customer;
mod date;
mod errors;
mod field;
pub mod limits;
pub mod order;
pub mod partner;
pub mod payment;
pub mod payout;
pub mod pin;
mod problem;
mod rate;
mod reason;
pub mod refund;
pub mod set_up;
pub mod staff;
mod text;
pub mod walk_in;

pub use amount::{amount, non_negative};
pub use card_number::{holds_a_card, looks_like_a_card};
pub use date::{any as any_date, date};
pub use errors::Errors;
pub use field::Field;
pub use problem::Problem;
pub use rate::rate;
pub use reason::{Reason, ReasonDraft, SETTLED};
pub use text::{optional, required};
