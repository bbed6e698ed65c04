//! `money.moved`: money moved between two money accounts, with an optional fee.

use crate::code::MoneyAccount;
use crate::entry::content::Content;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Moves money between money accounts; an optional fee is posted as an expense. Input and recorded content are the
/// same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MoveMoney {
    pub from: MoneyAccount,
    pub to: MoneyAccount,
    /// The amount that `to` receives, in minor units; `from` loses this amount and the fee.
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Content for MoveMoney {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.note.iter().for_each(|text| visit(text));
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.from), Some(&self.to)]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.from), Some(&mut self.to)]
    }
}
