//! `right.granted`: one right for one clerk.

use crate::entry::content::Content;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Grants a clerk the right to record entries of a kind that is for admins. A later grant for the same member and
/// kind replaces it, or takes the right back. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRight {
    /// The member of staff.
    pub member: Id,
    /// The kind of entry, such as `refund.recorded`.
    pub kind: String,
    /// The highest amount; `None` means any amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Money>,
    /// Whether the right is taken back. Rights to entries without an amount cannot be taken back by a limit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_back: bool,
}

/// The content of `right.granted`, version 1: a right is taken back by a limit of zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantRightV1 {
    member: Id,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_to: Option<Money>,
}

impl From<GrantRightV1> for GrantRight {
    fn from(old: GrantRightV1) -> Self {
        let GrantRightV1 { member, kind, up_to } = old;
        Self { member, kind, up_to, taken_back: false }
    }
}

impl Content for GrantRight {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.kind);
    }
}
