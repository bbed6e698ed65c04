//! `drawer.counted`: the counted and the expected amount of a drawer.

use crate::code::MoneyAccount;
use crate::entry::content::Content;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `drawer.counted`. The difference is cash over or short and is never computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DrawerCounted {
    pub account: MoneyAccount,
    pub counted: Money,
    #[serde(with = "crate::money::total")]
    pub expected: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Content for DrawerCounted {
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
