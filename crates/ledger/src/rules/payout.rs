//! Pay-outs: money paid out of credit lots; it is held first and paid on completion. One file per act.

pub(crate) mod complete;
pub(crate) mod process;
pub(crate) mod reject;
pub(crate) mod reverse;
