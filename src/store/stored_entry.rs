//! A stored entry: its bytes verbatim, and the data that is not part of them.

use journal::Clock;

/// One entry on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// The line, without its line end; never rewritten.
    pub bytes: String,
    /// The clock that orders the fold: the line's own, unless an endpoint clamped it.
    pub order: Clock,
    /// Whether an endpoint refused the entry, so that it does not count.
    pub refused: bool,
    /// Its number in the shop's log, when an endpoint has assigned one.
    pub lseq: Option<u64>,
}

impl StoredEntry {
    /// An entry of this device that no endpoint has seen.
    #[must_use]
    pub const fn own(bytes: String, order: Clock) -> Self {
        Self { bytes, order, refused: false, lseq: None }
    }
}

/// A position in a chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainPosition {
    /// The device.
    pub device: String,
    /// Its chain.
    pub chain: u32,
    /// The number in the chain; a read continues after it.
    pub seq: u64,
}

impl ChainPosition {
    /// Creates it from its parts.
    #[must_use]
    pub fn new(device: &str, chain: u32, seq: u64) -> Self {
        Self { device: device.to_owned(), chain, seq }
    }
}

/// The position of an entry among those of its account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountPosition {
    /// The customer; empty for entries of the shop.
    pub account: String,
    /// The chain and number of the entry.
    pub at: ChainPosition,
}
