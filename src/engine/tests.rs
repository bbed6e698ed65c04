//! Tests of the engine on a store in memory: what a commit writes, what two tabs see, and the state after a fault.

pub(crate) mod acts;
mod catalogue;
mod clashes;
mod commit;
mod damaged;
mod entitled;
mod faults;
mod few;
mod hostile;
mod hostile_many;
mod joining;
mod late;
mod log;
mod partner_ledger;
mod pieces;
mod random;
mod recalculate;
mod receive;
mod reports;
mod slips;
mod tabs;
mod verification;
