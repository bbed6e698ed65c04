//! Move money between money accounts. A fact.

use crate::body::Body;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::decide::{Case, written};
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Moves money between money accounts; a fee is an expense beside it. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MoveMoney {
    pub from: MoneyAccount,
    pub to: MoneyAccount,
    /// What arrives; `from` loses this and the fee.
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Case<'_> {
    /// Dates, AmountNotPositive.
    pub(crate) fn move_money(&self, asked: &MoveMoney) -> Result<Body, Refusal> {
        self.dated()?;
        self.positive(asked.amount)?;
        asked.fee.map_or(Ok(()), |fee| self.positive(fee))?;
        self.within(asked.amount + asked.fee.unwrap_or_default())?;
        Ok(Body::MoneyMoved(MoveMoney { note: written(asked.note.as_ref()), ..asked.clone() }))
    }
}

impl MoveMoney {
    /// Dr the one, Cr the other; a fee: Dr 6200.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        lines.transfer(&self.to, &self.from, self.amount);
        lines.transfer(&BookAccount::of(Code::BankFees), &self.from, self.fee.unwrap_or_default());
        lines
    }
}
