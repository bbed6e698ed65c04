//! A body that a newer version of the program wrote.

use crate::entry::content::Content;

/// A body that this version of the program cannot read: kept as it came, its account marked incomplete.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Unknown {
    pub kind: String,
    pub kv: u32,
    pub json: String,
}

impl Content for Unknown {}
