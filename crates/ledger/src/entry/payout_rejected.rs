//! `payout.rejected`: held credit goes back to its lots.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `payout.rejected`, version 2: what is held goes back to the same lots; and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutRejected {
    pub payout: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The content of `payout.rejected`, version 1, which has no reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayoutRejectedV1 {
    payout: Id,
}

impl From<PayoutRejectedV1> for PayoutRejected {
    fn from(old: PayoutRejectedV1) -> Self {
        Self { payout: old.payout, reason: None }
    }
}

impl Content for PayoutRejected {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.payout);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.reason.iter().for_each(|reason| visit(reason));
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.payout), reason: self.reason.as_deref(), ..Summary::default() }
    }
}
