//! Decides on corrections.

use super::{CreditWrittenOff, OrderWrittenOff, Reversal, Reversed, WriteOff};
use crate::body::Body;
use crate::decide::{Case, reason};
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownPayment, NotPermitted, dates, ReasonRequired, AlreadyReversed, RefundPending.
    pub(crate) fn reverse_payment(&self, asked: &Reversal) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownPayment { payment: asked.of.clone() };
        let payment = self.account().payments.get(&asked.of).ok_or_else(unknown)?;
        let amount = match &payment.entry.body {
            Body::PaymentRecorded(paid) => paid.amount,
            _ => Money::ZERO,
        };
        self.permitted("payment.reversed", amount)?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        if payment.reversed.is_some() {
            return Err(Refusal::AlreadyReversed { id: asked.of.clone() });
        }
        if let Some(refund) = payment.pending.clone() {
            return Err(Refusal::RefundPending { payment: asked.of.clone(), refund });
        }
        Ok(Body::PaymentReversed(Reversed { of: asked.of.clone(), reason }))
    }

    /// UnknownOrder, NotPermitted, dates, AmountNotPositive, WriteOffExceedsOwed or CreditExceedsOutstanding,
    /// ReasonRequired.
    pub(crate) fn write_off(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        if self.has_order(&asked.of) { self.write_off_order(asked) } else { self.write_off_lot(asked) }
    }

    fn write_off_order(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        let owed = self.known_order(&asked.of)?.owed();
        self.permitted("order.written-off", asked.amount)?;
        self.off_order(asked, owed).map(Body::OrderWrittenOff)
    }

    fn write_off_lot(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        if !self.account().lots.contains_key(&asked.of) {
            return Err(Refusal::UnknownOrder { order: asked.of.clone() });
        }
        self.permitted("credit.written-off", asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        self.outstanding(&asked.of, asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        Ok(Body::CreditWrittenOff(CreditWrittenOff { lot: asked.of.clone(), amount: asked.amount, reason }))
    }

    /// UnknownOrder, NotPermitted, dates, AmountNotPositive, WriteOffExceedsOwed (more than W), ReasonRequired.
    pub(crate) fn reverse_write_off(&self, asked: &WriteOff) -> Result<Body, Refusal> {
        let written_off = self.known_order(&asked.of)?.written_off;
        self.permitted("write-off.reversed", asked.amount)?;
        self.off_order(asked, written_off).map(Body::WriteOffReversed)
    }

    fn off_order(&self, asked: &WriteOff, most: Money) -> Result<OrderWrittenOff, Refusal> {
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
