//! Form drafts: text as typed, with the document id that is created when the form opens.
//!
//! Drafts do not depend on the browser or the language. Parsing a draft gives commands, or field errors as data; the
//! sentences are in the locale files. A draft restored after a reload parses to the same command with the same id, so
//! a document is never recorded twice.

mod amount;
mod card_number;
pub mod coins;
pub mod collect;
mod confirmed;
pub mod correction;
pub mod credit;
mod currency_sign;
pub mod customer;
mod date;
mod errors;
pub mod exchange;
mod field;
pub mod limits;
pub mod money;
mod notation;
pub mod order;
pub mod partner;
mod parts;
pub mod payment;
pub mod payout;
pub mod pin;
pub mod plan;
mod problem;
mod rate;
mod reason;
pub mod refund;
pub mod report;
pub mod returned;
pub mod seal;
pub mod set_up;
pub mod settings;
pub mod staff;
mod text;
pub mod walk_in;

pub use amount::{amount, amount_in, non_negative, non_negative_in};
pub use card_number::{holds_a_card, looks_like_a_card};
use confirmed::confirms;
pub use confirmed::{Confirmed, Confirms};
pub use date::{any as any_date, due, recent};
pub use errors::Errors;
pub use field::Field;
pub use notation::{COMMA, Notation, POINT, typed, typed_amount, write_numbers_as};
pub use parts::Parts;
pub use problem::{NoCharge, Problem};
pub use rate::rate;
pub use reason::{Reason, ReasonDraft, SETTLED};
pub use text::{lines, note, optional, phone, required};
