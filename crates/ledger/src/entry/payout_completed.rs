//! `payout.completed`: the money of a pay-out was handed over.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary, rounding_within};
use crate::id::Id;
use crate::limits::OverLimit;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `payout.completed`, version 2: the whole money leg, from the drawer of the counter that completes a cash
/// pay-out, otherwise from the account of the pay-out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutCompleted {
    pub payout: Id,
    pub account: MoneyAccount,
    /// What counts for the customer.
    pub amount: Money,
    /// Cash rounding: the amount less what was paid out, below zero where more was.
    #[serde(default, deserialize_with = "crate::money::signed", skip_serializing_if = "Money::is_zero_ref")]
    pub rounding: Money,
}

/// The content of `payout.completed`, version 1, in which nothing is rounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayoutCompletedV1 {
    payout: Id,
    account: MoneyAccount,
    amount: Money,
}

impl From<PayoutCompletedV1> for PayoutCompleted {
    fn from(old: PayoutCompletedV1) -> Self {
        let PayoutCompletedV1 { payout, account, amount } = old;
        Self { payout, account, amount, rounding: Money::ZERO }
    }
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

    fn check_limits(&self) -> Result<(), OverLimit> {
        rounding_within(self.amount, self.rounding)
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
