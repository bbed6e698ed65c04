//! The first line of every chain: which counter writes it, and why it was begun.

use crate::hash::Hash;
use serde::{Deserialize, Serialize};

/// The kind of the first line of a chain, and of no other line.
pub const OPENED: &str = "chain.opened";

/// The body of `chain.opened`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainOpened {
    /// The counter's letter, new with every chain, so that no printed number is ever used twice.
    pub letter: String,
    /// What the counter is called.
    pub name: String,
    /// The device's public key; null until entries are signed.
    pub key: Option<String>,
    /// Why it was begun.
    pub why: Why,
    /// Where the device's chain before it ended, as far as the device knows; null for the first.
    pub after: Option<After>,
}

/// Why a chain was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// A new counter.
    New,
    /// The store was restored from a backup.
    Restored,
    /// The store had been copied: two histories were found.
    Fork,
    /// The store was empty or shorter than it had been.
    Lost,
}

/// The end of an earlier chain of the same device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// Which chain.
    pub chain: u32,
    /// Its last line.
    pub seq: u64,
    /// That line's hash.
    pub hash: Hash,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_agreed() {
        let first =
            ChainOpened { letter: "A".into(), name: "Till".into(), key: None, why: Why::New, after: None };
        let json = r#"{"letter":"A","name":"Till","key":null,"why":"new","after":null}"#;
        assert_eq!(serde_json::to_string(&first).unwrap(), json);
        assert_eq!(serde_json::from_str::<ChainOpened>(json).unwrap(), first);
    }
}
