//! Count a drawer: what was counted, and what was expected. A fact.

use crate::body::Body;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::decide::{Case, written};
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Counts this counter's drawer.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CountDrawer {
    pub counted: Money,
    pub note: Option<String>,
}

/// `drawer.counted`: the difference between the two is over or short, never computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DrawerCounted {
    pub account: MoneyAccount,
    pub counted: Money,
    #[serde(with = "crate::money::total")]
    pub expected: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Case<'_> {
    /// Dates. Carries what is counted and what is expected now.
    pub(crate) fn count_drawer(&self, asked: &CountDrawer) -> Result<Body, Refusal> {
        self.dated()?;
        if asked.counted < Money::ZERO {
            return Err(Refusal::AmountNotPositive);
        }
        self.within(asked.counted)?;
        let account = BookAccount::drawer(self.cx.counter);
        let expected = self.cx.shop.balance(&account);
        let note = written(asked.note.as_ref());
        Ok(Body::DrawerCounted(DrawerCounted { account, counted: asked.counted, expected, note }))
    }
}

impl DrawerCounted {
    /// The difference to 6300.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        let over = self.counted - self.expected;
        lines.transfer(&self.account, &BookAccount::of(Code::CashOverShort), over);
        lines
    }
}
