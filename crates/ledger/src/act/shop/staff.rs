//! Add a member of staff. A fact.

use crate::body::Body;
use crate::decide::Case;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What a member of staff may do: an admin everything, a clerk what no row of the rules closes to him.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Role {
    Admin,
    Clerk,
}

/// Adds a member of staff; the command's id is the member's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    /// The member's name.
    pub name: String,
    /// Admin or clerk.
    pub role: Role,
    /// Salted hash of the PIN, made by whoever asks; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
}

impl Case<'_> {
    /// NotPermitted.
    pub(crate) fn add_staff(&self, asked: &AddStaff) -> Result<Body, Refusal> {
        self.permitted("staff.added", Money::ZERO)?;
        Ok(Body::StaffAdded(asked.clone()))
    }
}
