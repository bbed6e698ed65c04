//! `partner.changed`: a new name or rate of a referral partner.

use crate::entry::content::Content;
use crate::id::Id;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// Changes the fields that it names; of several changes the last in order counts. A new rate counts for orders placed
/// from then on: each order carries the rate that its counter knew. The basis never changes. Input and recorded content
/// are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChangePartner {
    pub partner: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
}

impl Content for ChangePartner {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.name.iter().for_each(|name| visit(name));
    }
}
