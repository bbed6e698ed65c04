//! An entry as it is kept: the bytes verbatim, and beside them what is not part of them.

use journal::Clock;

/// One entry on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// The line, without its line end; never written a second time.
    pub bytes: String,
    /// Its place in the order of folding: its clock, unless an endpoint clamped it.
    pub order: Clock,
    /// Whether an endpoint refused to let it count.
    pub refused: bool,
    /// Its number in the shop's log, once an endpoint gave one.
    pub lseq: Option<u64>,
}

impl StoredEntry {
    /// An entry of this device that no endpoint has seen.
    #[must_use]
    pub const fn own(bytes: String, order: Clock) -> Self {
        Self { bytes, order, refused: false, lseq: None }
    }
}

/// A place in a chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainPosition {
    /// The device.
    pub device: String,
    /// Its chain.
    pub chain: u32,
    /// The number in the chain; reading goes on behind it.
    pub seq: u64,
}

impl ChainPosition {
    /// From its parts.
    #[must_use]
    pub fn new(device: &str, chain: u32, seq: u64) -> Self {
        Self { device: device.to_owned(), chain, seq }
    }
}

/// Where an entry stands among those of its account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountPosition {
    /// The customer; empty for entries of the shop.
    pub account: String,
    /// Its chain and number.
    pub at: ChainPosition,
}
