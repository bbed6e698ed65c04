//! `credit-note.reversed`, `payment.reversed`, `refund.reversed`, `payout.reversed`: the reversed document and the
//! reason.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of a reversal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Reversed {
    pub of: Id,
    pub reason: String,
}

impl Content for Reversed {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.of);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.of), reason: Some(&self.reason), ..Summary::default() }
    }
}
