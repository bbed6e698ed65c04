//! `payout.rejected`: held credit goes back to its lots.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `payout.rejected`: what is held goes back to the same lots.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutRejected {
    pub payout: Id,
}

impl Content for PayoutRejected {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.payout);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.payout), ..Summary::default() }
    }
}
