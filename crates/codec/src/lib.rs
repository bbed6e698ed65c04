//! One book in memory: joins journal lines to ledger records; composes what a press appends.
//!
//! `journal` knows lines and not what they mean, `ledger` knows acts and not how they are kept. Here a line
//! becomes a record ([`decode`]) and the entries of a press become lines ([`compose`]). Pure: no IO, no clock.

pub mod compose;
pub mod decode;
mod device;
pub mod memory;
pub mod retell;

pub use device::DeviceState;
