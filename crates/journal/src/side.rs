//! Side records: what an endpoint adds to a line, on a line of its own. A line itself never changes.
//!
//! ```text
//! {"side":{"device":…,"chain":1,"seq":412,"hash":"<hash of the line>","order":[1772442000123,0],"verdict":"ok",
//!  "lseq":9031,"signature":"<128 hexadecimal digits>"}}
//! ```

use crate::class::{ID, is_text};
use crate::clock::Clock;
use crate::error::LineError;
use crate::hash::Hash;
use crate::limits::MAX_WHOLE;
use serde::{Deserialize, Serialize};

/// The longest side record in bytes, without its line end.
pub(crate) const MAX_SIDE: usize = 1024;

/// How a side record begins, and no other line.
const BEGINS: &[u8] = b"{\"side\":";

/// What an endpoint says about the line with this device, chain, number and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side<'a> {
    /// The device that wrote the line.
    pub device: &'a str,
    /// The device's chain, from 1.
    pub chain: u32,
    /// The line's number in its chain, from 1.
    pub seq: u64,
    /// The hash of the line.
    pub hash: Hash,
    /// The clock at which the line counts: that of the line, or an earlier one that the endpoint set.
    pub order: Clock,
    /// Whether the endpoint accepted the line.
    pub verdict: SideVerdict,
    /// The line's number in the log of the shop, from 1; `None` where it has none.
    pub lseq: Option<u64>,
    /// The signature of the hash by the device's key, 128 lower-case hexadecimal digits; `None` for unsigned lines.
    pub signature: Option<&'a str>,
}

/// The verdict of an endpoint, with the reason for a refusal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SideVerdict {
    /// The entry counts.
    #[default]
    Ok,
    /// The role of the actor does not have the right.
    RefusedRole,
    /// The amount is above the limit of the right.
    RefusedLimit,
    /// The device had been revoked.
    RefusedRevoked,
}

impl SideVerdict {
    const ALL: [Self; 4] = [Self::Ok, Self::RefusedRole, Self::RefusedLimit, Self::RefusedRevoked];

    /// The word in a side record.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::RefusedRole => "refused-role",
            Self::RefusedLimit => "refused-limit",
            Self::RefusedRevoked => "refused-revoked",
        }
    }

    /// The verdict with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// Whether the entry counts.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        match self {
            Self::Ok => true,
            Self::RefusedRole | Self::RefusedLimit | Self::RefusedRevoked => false,
        }
    }
}

impl<'a> Side<'a> {
    /// Whether the bytes are meant as a side record: such a line is an entry of no version.
    #[must_use]
    pub fn is_side(bytes: &[u8]) -> bool {
        bytes.starts_with(BEGINS)
    }

    /// Parses a side record, which must be byte for byte what [`Side::write`] writes.
    ///
    /// # Errors
    /// [`LineError::Wrong`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, LineError> {
        if bytes.len() > MAX_SIDE {
            return Err(LineError::Wrong("side"));
        }
        let read = serde_json::from_slice::<Wire<Self>>(bytes).map_err(|_| LineError::Wrong("side"))?.side;
        if read.write()?.as_bytes() == bytes { Ok(read) } else { Err(LineError::Wrong("side")) }
    }

    /// Writes the record as one line, without line end.
    ///
    /// # Errors
    /// [`LineError::Wrong`] names the first field that is out of range.
    pub fn write(&self) -> Result<String, LineError> {
        let is_whole = |number: u64| (1..=MAX_WHOLE).contains(&number);
        let is_hex = |text: &str| {
            text.len() == 128 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        };
        let checks = [
            ("device", is_text(self.device, ID)),
            ("chain", self.chain > 0),
            ("seq", is_whole(self.seq)),
            ("order", self.order.0 <= MAX_WHOLE),
            ("lseq", self.lseq.is_none_or(is_whole)),
            ("signature", self.signature.is_none_or(is_hex)),
        ];
        if let Some((name, _)) = checks.into_iter().find(|(_, valid)| !valid) {
            return Err(LineError::Wrong(name));
        }
        serde_json::to_string(&Wire { side: self }).map_err(|_| LineError::Wrong("side"))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<T> {
    side: T,
}
