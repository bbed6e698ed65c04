//! Decoding bodies, and what applies to bodies of every kind.

use crate::entry::malformed::Malformed;
use crate::entry::refund_written::RefundWritten;
use crate::entry::series::Series;
use crate::entry::traits::Access;
use crate::entry::{Body, EntryKind};
use crate::hidden;
use crate::id::Id;
use crate::money::Currency;
use serde::Deserialize;

impl EntryKind {
    /// The kind with this name on the wire; `None` for a name that this program does not know.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether not every member of staff may record this kind: only the owner, or admins and clerks with the right.
    #[must_use]
    pub fn is_for_admins(self) -> bool {
        self.traits().access != Access::Open
    }

    /// Whether only the owner may record this kind.
    #[must_use]
    pub fn is_for_owner(self) -> bool {
        self.traits().access == Access::Owner
    }
}

impl Body {
    /// The name of the kind on the wire; `unknown` for a kind of a newer version.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.entry_kind().name()
    }

    /// Decodes a body that this program wrote. Unknown kinds and versions are preserved as [`Body::Unknown`].
    ///
    /// # Errors
    /// When a known kind has an unknown field, lacks a field, exceeds a limit, or names an account that does not hold
    /// money. A [hidden character](hidden) of a text is read as the character that is shown in its place.
    pub fn decode(kind: &str, kv: u32, json: &str) -> Result<Self, Malformed> {
        Self::read_shown(kind, kv, json, None).map(|(body, _)| body)
    }

    /// Decodes a body from another program or device; it must be byte for byte what this program would write.
    ///
    /// # Errors
    /// As [`Body::decode`], and when the bytes differ.
    pub fn decode_strict(kind: &str, kv: u32, json: &str, currency: &Currency) -> Result<Self, Malformed> {
        let (body, canonical) = Self::read_shown(kind, kv, json, Some(currency))?;
        if canonical { Ok(body) } else { Err(Malformed::NotCanonical) }
    }

    /// Reads a body whose texts can be shown. The bytes are compared as they came.
    fn read_shown(
        kind: &str,
        kv: u32,
        json: &str,
        currency: Option<&Currency>,
    ) -> Result<(Self, bool), Malformed> {
        let read = Self::read(kind, kv, json, currency);
        let Some(shown) = hidden::replaced(json) else { return Self::checked(read) };
        match read {
            Ok((Self::Unknown(_), _)) | Err(_) => Self::checked(read),
            Ok((_, canonical)) => {
                let (body, _) = Self::checked(Self::read(kind, kv, &shown, None))?;
                Ok((body, canonical))
            }
        }
    }

    fn checked(read: Result<(Self, bool), serde_json::Error>) -> Result<(Self, bool), Malformed> {
        let (body, canonical) = read.map_err(|error| Malformed::Json(error.to_string()))?;
        body.within_limits().map_err(Malformed::OverLimit)?;
        match body.not_for_money() {
            Some(account) => Err(Malformed::NotForMoney(account.clone())),
            None => Ok((body, canonical)),
        }
    }

    /// The ids of all documents that the body names.
    #[must_use]
    pub fn names(&self) -> Vec<&Id> {
        let mut names = Vec::new();
        self.each_name(|name| names.push(name));
        names
    }

    /// The series of its document number; `None` for acts that continue a document.
    #[must_use]
    pub const fn series(&self) -> Option<Series> {
        self.entry_kind().traits().series
    }

    /// Whether an entry of the shop counts only if its actor had the right at its place.
    #[must_use]
    pub const fn needs_right(&self) -> bool {
        self.entry_kind().traits().needs_right
    }

    /// Whether the entry counts before the documents that it names have arrived.
    pub(crate) const fn posts_alone(&self) -> bool {
        self.entry_kind().traits().posts_alone
    }

    /// The content of a refund that is recorded, issued or requested.
    #[must_use]
    pub const fn refund(&self) -> Option<&RefundWritten> {
        if let Self::RefundRecorded(written) | Self::RefundIssued(written) | Self::RefundRequested(written) =
            self
        {
            return Some(written);
        }
        None
    }
}

/// Parses the content of a body.
pub(super) fn value<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, serde_json::Error> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(value) = crate::entry::canonical::read(json) {
        return Ok(value);
    }
    serde_json::from_str(json)
}
