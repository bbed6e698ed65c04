//! `payout.completed`: the money of a pay-out was handed over.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `payout.completed`: the whole money leg, from the drawer of the counter that completes a cash
/// pay-out, otherwise from the account of the pay-out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutCompleted {
    pub payout: Id,
    pub account: MoneyAccount,
    pub amount: Money,
}

impl Content for PayoutCompleted {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.payout);
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            continues: Some(&self.payout),
            account: Some(&self.account),
            amount: self.amount,
            ..Summary::default()
        }
    }
}
