//! Refunds of orders: the amount refunded, and the amount owed afterwards, which determines the credit leg. One file
//! per act.

pub(crate) mod approve;
pub(crate) mod asked;
mod checks;
pub(crate) mod hand_over;
mod issue;
mod legs;
pub(crate) mod progress;
pub(crate) mod record;
pub(crate) mod reject;
pub(crate) mod request;
pub(crate) mod reverse;
pub(crate) mod settle;
mod undo;
pub(crate) mod withdraw;
