//! Joins the journal and the ledger.
//!
//! `journal` knows lines and not their meaning; `ledger` knows entries and not how they are stored. This crate decodes a
//! line to a record ([`decode`]) and composes lines from the entries of one commit ([`compose`]). It does no IO and reads
//! no clock.

pub mod compose;
pub mod decode;
mod device;
pub mod example_template;
pub mod memory;
mod opening;

pub use device::DeviceState;
pub use opening::{Opening, OpeningFlaw};
