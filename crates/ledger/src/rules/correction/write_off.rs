//! Write off what an order owes, or what is outstanding of a lot. A claim.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::code::{BookAccount, Code};
use crate::entry::written_off::{CreditWrittenOff, OrderWrittenOff};
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, reason};

/// A write-off of an order or a lot, or the reversal of a write-off of an order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct WriteOff {
    pub of: Id,
    pub amount: Money,
    pub reason: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: UnknownOrder, NotPermitted, dates, AmountNotPositive, WriteOffExceedsOwed or
    /// CreditExceedsOutstanding, ReasonRequired.
    pub(crate) fn write_off(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        if self.has_order(&asked.of) { self.write_off_order(asked) } else { self.write_off_lot(asked) }
    }

    fn write_off_order(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        let owed = self.known_order(&asked.of)?.owed();
        self.permitted(EntryKind::OrderWrittenOff, asked.amount)?;
        self.checked_write_off(asked, owed).map(Body::OrderWrittenOff)
    }

    fn write_off_lot(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        if !self.account().lots.contains_key(&asked.of) {
            return Err(Refusal::UnknownOrder { order: asked.of.clone() });
        }
        self.permitted(EntryKind::CreditWrittenOff, asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        self.outstanding(&asked.of, asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        Ok(Body::CreditWrittenOff(CreditWrittenOff { lot: asked.of.clone(), amount: asked.amount, reason }))
    }

    pub(super) fn checked_write_off(
        &self,
        asked: &WriteOff,
        most: Money,
    ) -> Result<OrderWrittenOff, Refusal> {
        self.dated()?;
        self.positive(asked.amount)?;
        if asked.amount > most {
            let order = asked.of.clone();
            return Err(Refusal::WriteOffExceedsOwed { order, asked: asked.amount, owed: most });
        }
        let reason = reason(asked.reason.as_ref())?;
        Ok(OrderWrittenOff { order: asked.of.clone(), amount: asked.amount, reason })
    }
}

impl Fold<'_> {
    /// Dr 6100, Cr 1100.
    pub(crate) fn write_off_order(&mut self, off: &OrderWrittenOff) {
        let Some(order) = self.order(&off.order) else { return };
        let amount = off.amount.min(order.owed());
        order.written_off += amount;
        self.lines.transfer(&BookAccount::of(Code::WriteOffs), &self.receivable, amount);
        self.raise_over_credited(off, amount);
    }

    /// Dr 2100, Cr 6100.
    pub(crate) fn write_off_credit(&mut self, off: &CreditWrittenOff) {
        let lot = self.lot(&off.lot);
        let amount = off.amount.min(lot.available());
        lot.written_off += amount;
        self.raise_overspent(&off.lot, &off.lot, off.amount - amount);
        self.mark_last(&off.lot);
        self.lines.transfer(&self.credit, &BookAccount::of(Code::WriteOffs), amount);
    }

    /// Raises `OverCredited` if the order had less left than the claim.
    pub(super) fn raise_over_credited(&mut self, off: &OrderWrittenOff, amount: Money) {
        let missing = off.amount - amount;
        if missing.is_positive() {
            let other = self.last_on(&off.order);
            self.raise(Kind::OverCredited, other, Some(&off.order), missing, OpenUntil::Resolved);
        }
    }

    /// The entry that used what was owed: the last payment of which something is kept, otherwise the last credit.
    fn last_on(&self, order: &crate::id::Id) -> Option<crate::id::Id> {
        let paid = &self.account.orders.get(order)?.paid;
        crate::account::raised::latest_payment(paid, &self.entry.id)
            .or_else(|| self.last_credit(order, &self.entry.id))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &WriteOff, body: &Body) -> bool {
    if let Body::OrderWrittenOff(off) = body {
        return (&asked.of, asked.amount) == (&off.order, off.amount);
    }
    matches!(body, Body::CreditWrittenOff(off) if (&asked.of, asked.amount) == (&off.lot, off.amount))
}

impl Asked for WriteOff {
    fn documents(&self) -> Vec<Id> {
        vec![self.of.clone()]
    }
}
