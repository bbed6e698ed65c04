//! `partner-payment.reversed`: a payment of commission that was recorded by mistake.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `partner-payment.reversed`. It contains what the payment posted, because the shop's state does not
/// list the payments of partners.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PartnerPaymentReversed {
    /// The reversed payment.
    pub of: Id,
    pub partner: Id,
    /// The account that the payment was made from; the money is back there.
    pub account: MoneyAccount,
    pub amount: Money,
    pub reason: String,
}

impl Content for PartnerPaymentReversed {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.of);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            continues: Some(&self.of),
            account: Some(&self.account),
            amount: self.amount,
            reason: Some(&self.reason),
            ..Summary::default()
        }
    }
}
