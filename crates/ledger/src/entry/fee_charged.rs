//! `fee.charged`: a bank took a fee, without a movement of other money.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `fee.charged`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeCharged {
    /// The account that the fee was taken from.
    pub account: MoneyAccount,
    /// In minor units.
    pub amount: Money,
    /// What the fee was for.
    pub reason: String,
}

impl Content for FeeCharged {
    fn each_text<'a>(&'a self, see: &mut impl FnMut(&'a str)) {
        see(&self.reason);
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            account: Some(&self.account),
            amount: self.amount,
            reason: Some(&self.reason),
            ..Summary::default()
        }
    }
}
