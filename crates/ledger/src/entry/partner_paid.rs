//! `partner.paid`: commission paid out to a partner.

use crate::code::MoneyAccount;
use crate::entry::content::Content;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `partner.paid`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PartnerPaid {
    pub partner: Id,
    pub method: Method,
    pub account: MoneyAccount,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Content for PartnerPaid {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.note.iter().for_each(|text| visit(text));
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }
}
