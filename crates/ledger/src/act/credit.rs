//! Credit: granted, noted on an order, applied to an order, taken back. A file an act.

mod apply;
mod grant;
mod note;
mod reverse;
mod reverse_note;
mod rungs;
mod unapply;

pub use apply::{ApplyCredit, CreditApplied};
pub use grant::{CreditGranted, GrantCredit};
pub use note::{CreditNote, OrderCredited};
pub use reverse::{CreditReversed, ReverseCredit};
pub use reverse_note::ReverseCreditNote;
pub(crate) use rungs::may_have_credit;
pub use unapply::{CreditUnapplied, UnapplyCredit};
