//! The hash of a shop's log up to a record: two logs with the same one hold the same records.

use journal::{Clock, Hash, SideVerdict};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

const DOMAIN: &[u8] = b"counterfoil log 1\n";

/// 32 bytes, written as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogHash(Hash);

impl LogHash {
    /// The hash of the log without records: `SHA-256("counterfoil log 1\n" ‖ shop)`.
    #[must_use]
    pub fn empty(shop: &str) -> Self {
        Self(Hash::from_bytes(Sha256::new().chain_update(DOMAIN).chain_update(shop).finalize().into()))
    }

    /// From its bytes, as a database keeps them.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Hash::from_bytes(bytes))
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The hash after one more record: `SHA-256("counterfoil log 1\n" ‖ this ‖ hash ‖ order ‖ verdict)`. The order is
    /// its milliseconds in 8 bytes and its counter in 4, most significant byte first; the verdict is its word.
    #[must_use]
    pub fn then(self, hash: Hash, order: Clock, verdict: SideVerdict) -> Self {
        let sum = Sha256::new()
            .chain_update(DOMAIN)
            .chain_update(self.0.bytes())
            .chain_update(hash.bytes())
            .chain_update(order.0.to_be_bytes())
            .chain_update(order.1.to_be_bytes())
            .chain_update(verdict.word());
        Self(Hash::from_bytes(sum.finalize().into()))
    }
}

impl fmt::Display for LogHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_all_that_the_endpoint_says_and_on_what_came_before() {
        let (one, two) = (Hash::of(b"1"), Hash::of(b"2"));
        let empty = LogHash::empty("s");
        let first = empty.then(one, Clock(5, 0), SideVerdict::Ok);
        let others = [
            LogHash::empty("t"),
            empty,
            LogHash::empty("t").then(one, Clock(5, 0), SideVerdict::Ok),
            empty.then(two, Clock(5, 0), SideVerdict::Ok),
            empty.then(one, Clock(5, 1), SideVerdict::Ok),
            empty.then(one, Clock(6, 0), SideVerdict::Ok),
            empty.then(one, Clock(5, 0), SideVerdict::RefusedRole),
            first.then(one, Clock(5, 0), SideVerdict::Ok),
        ];
        assert!(!others.contains(&first));
    }

    /// From `printf 'counterfoil log 1\nshop' | sha256sum`, and from the bytes of the second step in the same way.
    #[test]
    fn the_bytes_that_are_hashed_never_change() {
        let empty = LogHash::empty("shop");
        assert_eq!(empty.to_string(), EMPTY);
        let first = empty.then(Hash::of(b"{}"), Clock(1_772_442_000_123, 7), SideVerdict::Ok);
        assert_eq!(first.to_string(), FIRST);
    }

    const EMPTY: &str = "690e5195416ff24e2b21e471f8a3422bbc66ec8368687d5d721ec145358e84b5";
    const FIRST: &str = "7a7eafc771afbe9446d63875bc9c418650400b8ae31b8bc55a1be473171e7d56";
}
