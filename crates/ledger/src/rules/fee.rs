//! Record a fee that a bank took from a money account. A fact.

use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::fee_charged::FeeCharged;
use crate::method::Method;
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, reason};

/// A fee without a movement of other money, such as for a returned check.
#[derive(Debug, Clone, PartialEq)]
pub struct ChargeFee {
    /// In minor units, above zero.
    pub amount: Money,
    /// The method whose account the fee was taken from.
    pub method: Method,
    /// The bank account where the method has one; `None`: the first.
    pub bank: Option<String>,
    /// Required.
    pub reason: Option<String>,
}

impl Asked for ChargeFee {}

impl Case<'_> {
    /// Dates, AmountNotPositive, ReasonRequired.
    pub(crate) fn charge_fee(&self, asked: &ChargeFee) -> Result<Body, Refusal> {
        self.dated()?;
        self.positive(asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        let account = self.paying_account(asked.method, asked.bank.as_deref())?;
        Ok(Body::FeeCharged(FeeCharged { account, amount: asked.amount, reason }))
    }
}

impl FeeCharged {
    /// Dr 6200; Cr money.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        lines.transfer(&BookAccount::of(Code::BankFees), &self.account, self.amount);
        lines
    }
}

/// Whether a body has the content that is asked for.
pub(super) fn is_same(case: &Case<'_>, asked: &ChargeFee, body: &Body) -> bool {
    let Ok(account) = case.paying_account(asked.method, asked.bank.as_deref()) else { return false };
    let Ok(reason) = reason(asked.reason.as_ref()) else { return false };
    Body::FeeCharged(FeeCharged { account, amount: asked.amount, reason }).has_same_content(body)
}
