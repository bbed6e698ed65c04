//! `staff.added`: a member of staff.

use crate::entry::content::Content;
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

impl Content for AddStaff {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
        self.pin.iter().for_each(|pin| visit(pin));
    }
}
