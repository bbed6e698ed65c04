//! Reverse a write-off of an order. A claim.

use crate::account::fold::Fold;
use crate::code::{BookAccount, Code};
use crate::entry::written_off::OrderWrittenOff;
use crate::entry::{Body, EntryKind};
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::correction::write_off::WriteOff;

impl Case<'_> {
    /// Refusals in order: UnknownOrder, NotPermitted, dates, AmountNotPositive, WriteOffExceedsOwed (more than W),
    /// ReasonRequired.
    pub(crate) fn reverse_write_off(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        let written_off = self.known_order(&asked.of)?.written_off;
        self.permitted(EntryKind::WriteOffReversed, asked.amount)?;
        self.checked_write_off(asked, written_off).map(Body::WriteOffReversed)
    }
}

impl Fold<'_> {
    /// Dr 1100, Cr 6100.
    pub(crate) fn reverse_write_off(&mut self, off: &OrderWrittenOff) {
        let Some(order) = self.order(&off.order) else { return };
        let amount = off.amount.min(order.written_off);
        order.written_off -= amount;
        self.lines.transfer(&self.receivable, &BookAccount::of(Code::WriteOffs), amount);
        self.raise_over_credited(off, amount);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &WriteOff, body: &Body) -> bool {
    let Body::WriteOffReversed(written) = body else { return false };
    (&asked.of, asked.amount) == (&written.order, written.amount)
}
