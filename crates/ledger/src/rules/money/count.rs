//! Count a drawer: the counted and the expected amount. A fact.

use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::drawer_counted::DrawerCounted;
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank};

/// A count of the drawer of this counter.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CountDrawer {
    pub counted: Money,
    pub note: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: dates, AmountNotPositive. The entry contains the counted amount and the amount expected
    /// now.
    pub(crate) fn count_drawer(&self, asked: &CountDrawer) -> Result<Body, Refusal> {
        self.dated()?;
        if asked.counted < Money::ZERO {
            return Err(Refusal::AmountNotPositive);
        }
        self.within(asked.counted)?;
        let account = BookAccount::drawer(self.cx.counter);
        let expected = self.cx.shop.balance(&account);
        let note = non_blank(asked.note.as_ref());
        Ok(Body::DrawerCounted(DrawerCounted { account, counted: asked.counted, expected, note }))
    }
}

impl DrawerCounted {
    /// Posts the difference to 6300.
    pub(crate) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        let over = self.counted - self.expected;
        lines.transfer(&self.account, &BookAccount::of(Code::CashOverShort), over);
        lines
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &CountDrawer, body: &Body) -> bool {
    let Body::DrawerCounted(written) = body else { return false };
    asked.counted == written.counted
}

impl Asked for CountDrawer {}
