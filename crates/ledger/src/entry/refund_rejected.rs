//! `refund.rejected`: a request that stays without effect.

use crate::entry::content::{Content, Summary};
use crate::entry::refund_named::RefundNamed;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `refund.rejected`, version 2: the request, and why it was rejected. Version 1 has no reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundRejected {
    pub refund: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl From<RefundNamed> for RefundRejected {
    fn from(old: RefundNamed) -> Self {
        Self { refund: old.refund, reason: None }
    }
}

impl Content for RefundRejected {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.refund);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.reason.iter().for_each(|reason| visit(reason));
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.refund), reason: self.reason.as_deref(), ..Summary::default() }
    }
}
