//! Corrections: reversals of payments, write-offs and reversals of write-offs. One file per act.

pub(crate) mod reversal;
pub(crate) mod reverse_payment;
pub(crate) mod reverse_write_off;
pub(crate) mod write_off;
