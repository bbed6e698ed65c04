//! The body of an entry that a newer version of the program recorded.

use crate::entry::content::Content;

/// A body that this version of the program cannot read. It is stored unchanged, and its account is marked as
/// incomplete.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Unknown {
    pub kind: String,
    pub kv: u32,
    pub json: String,
}

impl Content for Unknown {}
