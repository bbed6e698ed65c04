//! Refund: one number settles it. What goes back, and how much is owed afterwards. A file an act.

pub(crate) mod approve;
pub(crate) mod asked;
mod checks;
pub(crate) mod hand_over;
mod issue;
mod legs;
pub(crate) mod record;
pub(crate) mod reject;
pub(crate) mod request;
pub(crate) mod reverse;
pub(crate) mod settle;
mod undo;
