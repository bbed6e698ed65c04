//! `staff.added`: a member of staff.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// The role of a member of staff. An admin may do everything, a clerk everything that is not for admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Role {
    Admin,
    Clerk,
}

/// Adds a member of staff. The id of the entry is the id of the member. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    /// The name of the member.
    pub name: String,
    /// Admin or clerk.
    pub role: Role,
    /// The salted hash of the PIN, computed by the caller; `None` without a PIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
}

impl Content for AddStaff {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
        self.pin.iter().for_each(|pin| visit(pin));
    }
}
