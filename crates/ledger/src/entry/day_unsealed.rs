//! `day.unsealed`: the last seal that counts is void.

use crate::date::Date;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `day.unsealed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DayUnsealed {
    /// The entry of the seal.
    pub seal: Id,
    pub day: Date,
    /// The day that stays sealed: that of the seal before it; `None` if it was the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Date>,
    pub reason: String,
}

impl Content for DayUnsealed {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { reason: Some(&self.reason), ..Summary::default() }
    }
}
