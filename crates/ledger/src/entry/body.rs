//! What holds of the body of any entry.

use crate::entry::content::{Flow, Summary};
use crate::entry::malformed::Malformed;
use crate::entry::refund_written::RefundWritten;
use crate::entry::series::Series;
use crate::entry::traits::Access;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Currency;
use serde::Deserialize;

impl EntryKind {
    /// The kind of that name on the wire; `None` for a name that this program does not know.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether only an admin may write it, unless the right was granted.
    #[must_use]
    pub fn is_for_admins(self) -> bool {
        self.traits().access == Access::Admin
    }
}

impl Body {
    /// The kind's name on the wire; `unknown` for one made by a newer version.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.entry_kind().name()
    }

    /// Reads a body that this program wrote. Kinds and versions not known here survive as [`Body::Unknown`].
    ///
    /// # Errors
    /// When a known kind holds an unknown field, lacks one, or holds more than the book takes.
    pub fn decode(kind: &str, kv: u32, json: &str) -> Result<Self, Malformed> {
        Self::checked(Self::read(kind, kv, json, None)).map(|(body, _)| body)
    }

    /// Reads a body of another program or device: it must be byte for byte what this program would write.
    ///
    /// # Errors
    /// As [`Body::decode`], and when the bytes differ.
    pub fn decode_strict(kind: &str, kv: u32, json: &str, currency: &Currency) -> Result<Self, Malformed> {
        let (body, canonical) = Self::checked(Self::read(kind, kv, json, Some(currency)))?;
        if canonical { Ok(body) } else { Err(Malformed::NotCanonical) }
    }

    fn checked(read: Result<(Self, bool), serde_json::Error>) -> Result<(Self, bool), Malformed> {
        let (body, canonical) = read.map_err(|error| Malformed::Json(error.to_string()))?;
        body.within_limits().map_err(Malformed::OverLimit)?;
        match body.not_for_money() {
            Some(account) => Err(Malformed::NotForMoney(account.clone())),
            None => Ok((body, canonical)),
        }
    }

    /// Every document that the body names.
    #[must_use]
    pub fn names(&self) -> Vec<&Id> {
        let mut names = Vec::new();
        self.each_name(|name| names.push(name));
        names
    }

    /// The series its number is taken from; `None` for acts that continue a document.
    #[must_use]
    pub const fn series(&self) -> Option<Series> {
        self.entry_kind().traits().series
    }

    /// Whether the entry counts although something that it names has not arrived yet.
    pub(crate) const fn posts_alone(&self) -> bool {
        self.entry_kind().traits().posts_alone
    }

    /// A refund as written, whether recorded, issued or requested.
    #[must_use]
    pub const fn refund(&self) -> Option<&RefundWritten> {
        if let Self::RefundRecorded(written) | Self::RefundIssued(written) | Self::RefundRequested(written) =
            self
        {
            return Some(written);
        }
        None
    }

    /// What a history shows of it.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        let mut summary = self.content_summary();
        // Three kinds share a content with kinds whose money moves another way.
        if let Self::RefundRequested(_) = self {
            summary.flow = Flow::None;
        } else if let Self::PaymentReversed(_) = self {
            summary.flow = Flow::Out;
        } else if let Self::RefundReversed(_) = self {
            summary.flow = Flow::In;
        }
        summary
    }
}

/// Reads the content of a body.
pub(super) fn value<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, serde_json::Error> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(value) = crate::entry::canonical::read(json) {
        return Ok(value);
    }
    serde_json::from_str(json)
}
