//! `dispute.recorded`: what the card processor keeps of a payment because of a dispute.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `dispute.recorded`: what is kept from now on, not how it changes. So the same twice posts once. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeRecorded {
    /// The payment that is disputed.
    pub payment: Id,
    /// The dispute.
    pub dispute: Id,
    /// What is kept of the payment; zero once the dispute is won.
    pub amount: Money,
    /// What the processor keeps for itself.
    pub fee: Money,
    /// The account that the payment came to.
    pub account: MoneyAccount,
}

impl Content for DisputeRecorded {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.payment);
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            continues: Some(&self.payment),
            account: Some(&self.account),
            amount: self.amount,
            ..Summary::default()
        }
    }
}
