//! Credit: granted, noted on an order, applied to an order, taken back. A file an act.

pub(crate) mod apply;
pub(crate) mod checks;
pub(crate) mod grant;
pub(crate) mod note;
pub(crate) mod reverse;
pub(crate) mod reverse_note;
pub(crate) mod unapply;
