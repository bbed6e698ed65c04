//! The first line of every chain: which counter writes the chain, and why it was started.

use crate::class::{ID, is_text};
use crate::hash::Hash;
use crate::limits::{MAX_CHAIN, MAX_SEQ};
use serde::de::Error;
use serde::{Deserialize, Serialize};

/// The kind of the first line of a chain, and of no other line.
pub const OPENED: &str = "chain.opened";

/// The body of `chain.opened`, version 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainOpened {
    /// The counter's letter, new with every chain, so that no document number is used twice.
    pub letter: String,
    /// The drawer of the counter: the party of its cash account. A device keeps it for all its chains.
    pub drawer: String,
    /// The name of the counter.
    pub name: String,
    /// The device's public key; null until entries are signed.
    pub key: Option<String>,
    /// Why the chain was started.
    pub why: Why,
    /// The end of the device's previous chain, as far as the device knows; null for the first chain.
    pub after: Option<After>,
}

/// The body of `chain.opened`, version 1, in which the letter also names the drawer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChainOpenedV1 {
    letter: String,
    name: String,
    key: Option<String>,
    why: Why,
    after: Option<After>,
}

impl ChainOpened {
    /// The version that this program writes.
    pub const VERSION: u32 = 2;

    /// Parses the body of a `chain.opened` of version `kv`.
    ///
    /// # Errors
    /// When the version is unknown, or the body is not of that version.
    pub fn parse(kv: u32, body: &str) -> Result<Self, serde_json::Error> {
        match kv {
            1 => serde_json::from_str::<ChainOpenedV1>(body).map(Self::from),
            Self::VERSION => serde_json::from_str(body),
            newer => Err(serde_json::Error::custom(format_args!("version {newer} of {OPENED} is unknown"))),
        }
    }
}

impl ChainOpened {
    /// The longest name of a counter and the longest key, in bytes.
    const MAX_NAME: usize = 1_024;

    /// The first field that is not a short text, or is beyond what a device can count on from.
    pub(crate) fn beyond(&self) -> Option<&'static str> {
        let Self { letter, drawer, name, key, why: _, after } = self;
        let short = |text: &String| text.len() <= Self::MAX_NAME;
        let in_range = |after: &After| after.chain <= MAX_CHAIN && after.seq <= MAX_SEQ;
        let checks = [
            ("letter", is_text(letter, ID)),
            ("drawer", is_text(drawer, ID)),
            ("name", short(name)),
            ("key", key.as_ref().is_none_or(short)),
            ("after", after.as_ref().is_none_or(in_range)),
        ];
        checks.into_iter().find(|(_, valid)| !valid).map(|(field, _)| field)
    }
}

impl From<ChainOpenedV1> for ChainOpened {
    fn from(old: ChainOpenedV1) -> Self {
        let ChainOpenedV1 { letter, name, key, why, after } = old;
        Self { drawer: letter.clone(), letter, name, key, why, after }
    }
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
