//! Pay-out: money out of credit lots, held first, paid when completed. A file an act.

pub(crate) mod complete;
pub(crate) mod process;
pub(crate) mod reject;
