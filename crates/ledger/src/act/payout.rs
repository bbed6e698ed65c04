//! Pay-out: money out of credit lots, held first, paid when completed. A file an act.

mod complete;
mod process;
mod reject;

pub use complete::PayoutCompleted;
pub use process::{FromLot, PayoutProcessed, ProcessPayout};
pub use reject::PayoutRejected;
