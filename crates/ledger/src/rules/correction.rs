//! Corrections: a payment or a refund reversed, a rest written off, a write-off taken back. A file an act.

pub(crate) mod reversal;
pub(crate) mod reverse_payment;
pub(crate) mod reverse_write_off;
pub(crate) mod write_off;
