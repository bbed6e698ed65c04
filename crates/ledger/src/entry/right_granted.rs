//! `right.granted`: one right for one clerk.

use crate::entry::content::Content;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Grants a clerk the right to record entries of a kind that is for admins. A later grant for the same member and
/// kind replaces it. Input and recorded content are the same type.
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
}

impl Content for GrantRight {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.kind);
    }
}
