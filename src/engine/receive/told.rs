//! What an endpoint says about entries that are stored here already, and what is stored in the same transaction.

use crate::store::{Judged, StoredEntry};
use journal::Hash;
use std::collections::BTreeMap;

/// The words of an endpoint about stored entries.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub said: Vec<Said>,
    /// Values of the shop that are stored with it.
    pub meta: Vec<(String, String)>,
}

/// What is said about one entry.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub judged: Judged,
    /// The hash of its line.
    pub hash: Hash,
    /// Its customer; empty for an entry of the shop.
    pub account: String,
    /// Whether its order or its verdict changes.
    pub changes: bool,
}

impl Told {
    /// As the store takes it.
    pub fn judged(&self) -> impl Iterator<Item = Judged> {
        self.said.iter().map(|said| said.judged.clone())
    }

    /// The accounts in which an order or a verdict changes; the empty text is the shop.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        self.said.iter().filter(|said| said.changes).map(|said| said.account.as_str())
    }
}

/// Gives the entries of an account the orders and verdicts that are told.
pub(super) fn judge(entries: &mut [StoredEntry], told: &Told) {
    let changing: BTreeMap<Hash, &Judged> =
        told.said.iter().filter(|said| said.changes).map(|said| (said.hash, &said.judged)).collect();
    for stored in entries {
        if let Some(judged) = changing.get(&Hash::of(stored.bytes.as_bytes())) {
            (stored.order, stored.verdict) = (judged.order, judged.verdict);
        }
    }
}
