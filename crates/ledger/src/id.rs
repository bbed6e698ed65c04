//! Ids: letters, digits and hyphens. Documents, customers, partners and staff share one name space.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// An id, cheap to clone. The app uses UUIDs (v7); day books use readable names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

/// Longest id in bytes.
pub const MAX_ID: usize = 64;

impl Id {
    /// Accepts 1 to 64 bytes of `[A-Za-z0-9-]`.
    ///
    /// # Errors
    /// The text, when it is not an id.
    pub fn new(text: &str) -> Result<Self, NotAnId> {
        let fits = (1..=MAX_ID).contains(&text.len());
        if fits && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            Ok(Self(text.into()))
        } else {
            Err(NotAnId(text.into()))
        }
    }

    /// Formats 128 bits as a UUID.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        let hex = format!("{bits:032x}");
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part).unwrap_or_default());
        Self(parts.join("-").into())
    }

    pub(crate) fn shared(&self) -> Arc<str> {
        self.0.clone()
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, Self::new)
    }
}

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an id is 1 to {MAX_ID} letters, digits or hyphens, found {:?}", self.0)
    }
}

impl std::error::Error for NotAnId {}
