//! Move money between money accounts. A fact.

use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::money_moved::MoveMoney;
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::case::{Case, non_blank};

impl Case<'_> {
    /// Refusals in order: dates, AmountNotPositive.
    pub(crate) fn move_money(&self, asked: &MoveMoney) -> Result<Body, Refusal> {
        self.dated()?;
        self.positive(asked.amount)?;
        asked.fee.map_or(Ok(()), |fee| self.positive(fee))?;
        self.within(asked.amount + asked.fee.unwrap_or_default())?;
        Ok(Body::MoneyMoved(MoveMoney { note: non_blank(asked.note.as_ref()), ..asked.clone() }))
    }
}

impl MoveMoney {
    /// Dr the receiving account, Cr the giving account; a fee: Dr 6200.
    pub(crate) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        lines.transfer(&self.to, &self.from, self.amount);
        lines.transfer(&BookAccount::of(Code::BankFees), &self.from, self.fee.unwrap_or_default());
        lines
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &MoveMoney, body: &Body) -> bool {
    let Body::MoneyMoved(written) = body else { return false };
    Body::MoneyMoved(MoveMoney { note: written.note.clone(), ..asked.clone() }).has_same_content(body)
}
