//! Opening balance of a money account. A fact.

use crate::body::Body;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::decide::Case;
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What a money account held when the book was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OpenMoney {
    pub account: MoneyAccount,
    pub amount: Money,
}

impl Case<'_> {
    /// NotPermitted, dates, AmountNotPositive.
    pub(crate) fn open_money(&self, asked: &OpenMoney) -> Result<Body, Refusal> {
        self.permitted("money.opened", asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        Ok(Body::MoneyOpened(asked.clone()))
    }
}

impl OpenMoney {
    /// Dr money; Cr 3000.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        lines.transfer(&self.account, &BookAccount::of(Code::OpeningBalances), self.amount);
        lines
    }
}
