//! The first line of every chain: which counter writes the chain, and why it was started.

use crate::hash::Hash;
use serde::{Deserialize, Serialize};

/// The kind of the first line of a chain, and of no other line.
pub const OPENED: &str = "chain.opened";

/// The body of `chain.opened`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainOpened {
    /// The counter's letter, new with every chain, so that no document number is used twice.
    pub letter: String,
    /// The name of the counter.
    pub name: String,
    /// The device's public key; null until entries are signed.
    pub key: Option<String>,
    /// Why the chain was started.
    pub why: Why,
    /// The end of the device's previous chain, as far as the device knows; null for the first chain.
    pub after: Option<After>,
}

/// Why a chain was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// A new counter.
    New,
    /// The store was restored from a backup.
    Restored,
    /// The store was copied: two histories were found.
    Fork,
    /// The store was empty or shorter than before.
    Lost,
}

/// The end of an earlier chain of the same device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// The number of the chain.
    pub chain: u32,
    /// The number of its last line.
    pub seq: u64,
    /// The hash of its last line.
    pub hash: Hash,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn has_the_agreed_json() {
        let first =
            ChainOpened { letter: "A".into(), name: "Till".into(), key: None, why: Why::New, after: None };
        let json = r#"{"letter":"A","name":"Till","key":null,"why":"new","after":null}"#;
        assert_eq!(serde_json::to_string(&first).unwrap(), json);
        assert_eq!(serde_json::from_str::<ChainOpened>(json).unwrap(), first);
    }
}
