//! `staff.changed`: a new name or role of a member of staff, or that they left or came back.

use crate::entry::content::Content;
use crate::entry::staff_added::Role;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Changes the fields that it names; of several changes the last in order counts. Input and recorded content are the
/// same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChangeStaff {
    pub member: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether they no longer work here; then they may record nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<bool>,
}

impl Content for ChangeStaff {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.name.iter().for_each(|name| visit(name));
    }
}
