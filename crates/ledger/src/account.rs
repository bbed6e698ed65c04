//! The account of one customer: the state that a fold of that customer's records, in order, produces.

mod check;
pub(crate) mod commission;
pub(crate) mod cow_map;
pub(crate) mod customer;
pub(crate) mod dispute;
mod disputes;
pub(crate) mod documents;
pub(crate) mod exceptions;
pub(crate) mod fold;
pub(crate) mod group;
pub(crate) mod identity;
pub(crate) mod leg;
pub(crate) mod lot;
pub(crate) mod map;
mod number_twice;
pub(crate) mod numbers;
pub(crate) mod order;
pub(crate) mod raised;
pub(crate) mod returned_line;
pub(crate) mod returns;
mod rounding;
mod sent_back;
pub(crate) mod share;
pub(crate) mod state;
pub(crate) mod status;
mod transit;

pub use cow_map::CowVec;
pub use customer::CustomerDetails;
pub use identity::Identity;
pub use state::Account;
pub use status::{Status, Waits};
