//! The exchange of entries between a counter and an endpoint.
//!
//! This crate has no sockets, no clock and no random numbers, and it never learns what an entry means: it knows lines,
//! their chains, and who signed them. Entries are forwarded byte for byte.
//!
//! - [`admit`]: what an endpoint does with entries, without a database.
//! - [`client`]: the client as a state machine.
//! - [`wire`]: requests, answers, problems and limits, as JSON.
//! - [`LogHash`], [`SignedHead`], [`PublicKey`], [`Signature`], [`statement`]: what is hashed and signed.

pub mod admit;
pub mod client;
mod epoch;
mod head;
mod hex;
mod key;
mod log_hash;
pub mod statement;
pub mod wire;

pub use epoch::Epoch;
pub use head::{ChainHead, Checkpoint, SignedHead};
pub use hex::InvalidHex;
#[cfg(feature = "verify")]
pub use key::InvalidSignature;
pub use key::{PublicKey, Signature};
pub use log_hash::LogHash;
