//! `refund.settled`: the outcome of an online refund.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The final outcome from the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Outcome {
    Succeeded,
    Failed,
    Canceled,
}

/// The content of `refund.settled`. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SettleRefund {
    pub refund: Id,
    pub outcome: Outcome,
}

impl Content for SettleRefund {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.refund);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.refund), ..Summary::default() }
    }
}
