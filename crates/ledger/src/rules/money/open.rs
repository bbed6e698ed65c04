//! Opening balance of a money account. A fact.

use crate::code::{BookAccount, Code};
use crate::entry::money_opened::OpenMoney;
use crate::entry::{Body, EntryKind};
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusals in order: NotPermitted, dates, AmountNotPositive.
    pub(crate) fn open_money(&self, asked: &OpenMoney) -> Result<Body, Refusal> {
        self.permitted(EntryKind::MoneyOpened, asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        Ok(Body::MoneyOpened(asked.clone()))
    }
}

impl OpenMoney {
    /// Dr money; Cr 3000.
    pub(crate) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        lines.transfer(&self.account, &BookAccount::of(Code::OpeningBalances), self.amount);
        lines
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &OpenMoney, body: &Body) -> bool {
    Body::MoneyOpened(asked.clone()).has_same_content(body)
}
