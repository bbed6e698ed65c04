//! `customer.duplicated`: two customers are one person. The accounts stay two and are shown as one.

use crate::entry::content::Content;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Marks a customer as a duplicate of another; naming itself undoes it. An entry of the shop, because it concerns two
/// accounts and posts in none. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkDuplicate {
    /// The duplicate.
    pub customer: Id,
    /// The customer that is kept; the same for a customer that is no duplicate.
    pub of: Id,
}

impl Content for MarkDuplicate {}
