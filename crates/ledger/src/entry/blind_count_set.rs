//! `blind-count.set`: whether drawers are counted blind.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Sets whether clerks count a drawer without seeing what should be in it; of several entries the last in order counts.
/// Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetBlindCount {
    /// Whether they do.
    pub blind: bool,
}

impl Content for SetBlindCount {}
