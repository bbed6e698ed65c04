//! Credit: grants, credit notes, applications and their reversals. One file per act.

pub(crate) mod apply;
pub(crate) mod checks;
pub(crate) mod grant;
pub(crate) mod note;
pub(crate) mod reverse;
pub(crate) mod reverse_note;
pub(crate) mod transfer;
pub(crate) mod unapply;
