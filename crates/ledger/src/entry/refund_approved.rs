//! `refund.approved`: a request becomes a refund.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `refund.approved`: the parts of the refund that are decided again; the rest is in the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundApproved {
    pub request: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MoneyAccount>,
    pub credit: Money,
}

impl Content for RefundApproved {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.request);
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [self.account.as_ref(), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [self.account.as_mut(), None]
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.request), ..Summary::default() }
    }
}
