//! `device.invited`: an invite, with which one more device can join the shop at its endpoint.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Invites one device. Without an endpoint it has no effect. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteDevice {
    /// What the journal knows of the code.
    pub code: InviteHash,
    /// Whether the device may only read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reader: bool,
}

impl Content for InviteDevice {}

/// The SHA-256 of an invite's code: 64 hexadecimal digits, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct InviteHash(String);

impl InviteHash {
    /// The hash with these digits; `None` for any other text.
    #[must_use]
    pub fn new(digits: String) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (digits.len() == 64 && digits.bytes().all(is_digit)).then_some(Self(digits))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for InviteHash {
    type Error = &'static str;

    fn try_from(digits: String) -> Result<Self, Self::Error> {
        Self::new(digits).ok_or("the hash of a code has 64 hexadecimal digits in lower case")
    }
}
