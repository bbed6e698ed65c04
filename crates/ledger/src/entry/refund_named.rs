//! `refund.handed-over`, `refund.withdrawn`, and `refund.rejected` before it had a reason: acts that only name a refund or a pay-out.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `refund.handed-over` (names the refund or pay-out), of `refund.withdrawn` (names the request or the pay-out), and of
/// version 1 of `refund.rejected` (names the request).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundNamed {
    pub refund: Id,
}

impl Content for RefundNamed {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.refund);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.refund), ..Summary::default() }
    }
}
