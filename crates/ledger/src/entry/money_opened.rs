//! `money.opened`: what a money account held when the book was opened.

use crate::code::MoneyAccount;
use crate::entry::content::Content;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The opening balance of a money account. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OpenMoney {
    pub account: MoneyAccount,
    pub amount: Money,
}

impl Content for OpenMoney {
    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }
}
