//! Decides on credit.

use super::{
    ApplyCredit, CreditApplied, CreditGranted, CreditNote, CreditReversed, CreditUnapplied, GrantCredit,
    OrderCredited, ReverseCredit, ReverseCreditNote, UnapplyCredit,
};
use crate::account::order::Order;
use crate::act::correction::Reversed;
use crate::act::payment::Method;
use crate::body::Body;
use crate::decide::{Case, reason, written};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownCredit, UnknownOrder, NotThisCustomer, dates, AmountNotPositive, CreditExceedsOutstanding,
    /// AllocationExceedsOwed.
    pub(crate) fn apply_credit(&self, asked: &ApplyCredit) -> Result<Body, Refusal> {
        self.credit_known(&asked.lot)?;
        let to_lot = self.account().lots.contains_key(&asked.to);
        if !to_lot && !self.has_order(&asked.to) && self.elsewhere(&asked.to, is_order).is_none() {
            return Err(Refusal::UnknownOrder { order: asked.to.clone() });
        }
        self.credit_here(&asked.lot)?;
        if !to_lot {
            self.orders_here([&asked.to].into_iter())?;
        }
        self.dated()?;
        self.positive(asked.amount)?;
        self.outstanding(&asked.lot, asked.amount)?;
        let owed = if to_lot {
            (-self.account().os(&asked.to)).or_zero()
        } else {
            self.account().owed_on(&asked.to)
        };
        if asked.amount > owed {
            return Err(Refusal::AllocationExceedsOwed {
                order: asked.to.clone(),
                asked: asked.amount,
                owed,
            });
        }
        Ok(Body::CreditApplied(CreditApplied {
            lot: asked.lot.clone(),
            order: asked.to.clone(),
            amount: asked.amount,
            eligible: asked.eligible.unwrap_or_else(|| self.earns(&asked.lot)),
        }))
    }

    /// Whether credit of a lot earns commission when nobody says: yes, unless its money has earned and kept its
    /// commission, or never was money.
    fn earns(&self, lot: &Id) -> bool {
        match self.account().body(lot) {
            Some(Body::CreditGranted(granted)) => granted.rate.is_some() || granted.opening,
            Some(Body::OrderCredited(credited)) => credited.clawback,
            Some(Body::RefundRecorded(refund) | Body::RefundRequested(refund)) => {
                refund.method != Method::Credit || refund.clawback.refund
            }
            _ => true,
        }
    }

    /// Rung: the lot is known, here or elsewhere.
    pub(crate) fn credit_known(&self, lot: &Id) -> Result<(), Refusal> {
        let known = self.account().lots.contains_key(lot) || self.elsewhere(lot, may_have_credit).is_some();
        if known { Ok(()) } else { Err(Refusal::UnknownCredit { credit: lot.clone() }) }
    }

    /// Rung: the lot is this customer's.
    pub(crate) fn credit_here(&self, lot: &Id) -> Result<(), Refusal> {
        if self.account().lots.contains_key(lot) {
            return Ok(());
        }
        self.elsewhere(lot, may_have_credit).map_or(Ok(()), Err)
    }

    /// Rung: the lot has that much.
    pub(crate) fn outstanding(&self, lot: &Id, asked: Money) -> Result<(), Refusal> {
        let outstanding = self.account().os(lot);
        if asked <= outstanding {
            return Ok(());
        }
        Err(Refusal::CreditExceedsOutstanding { lot: lot.clone(), asked, outstanding })
    }

    /// Dates, NotApplied.
    pub(crate) fn unapply_credit(&self, asked: &UnapplyCredit) -> Result<Body, Refusal> {
        self.dated()?;
        let applied = self.account().orders.get(&asked.order).and_then(|order| order.credits.get(&asked.lot));
        if !applied.is_some_and(|applied| applied.still().is_positive()) {
            return Err(Refusal::NotApplied { lot: asked.lot.clone(), order: asked.order.clone() });
        }
        Ok(Body::CreditUnapplied(CreditUnapplied { lot: asked.lot.clone(), order: asked.order.clone() }))
    }

    /// UnknownCustomer, AmountNotPositive, ReasonRequired, NotPermitted, dates, RateOutOfRange.
    pub(crate) fn grant_credit(&self, asked: &GrantCredit) -> Result<Body, Refusal> {
        self.customer()?;
        self.positive(asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        self.permitted("credit.granted", asked.amount)?;
        self.dated()?;
        if asked.rate.is_some_and(|rate| !rate.in_range()) {
            return Err(Refusal::RateOutOfRange);
        }
        Ok(Body::CreditGranted(CreditGranted {
            amount: asked.amount,
            rate: asked.rate.filter(|_| !asked.opening),
            reason,
            note: written(asked.note.as_ref()),
            opening: asked.opening,
        }))
    }

    /// UnknownOrder, AmountNotPositive, ReasonRequired, NotPermitted, dates, CreditExceedsOrder.
    pub(crate) fn credit_note(&self, asked: &CreditNote) -> Result<Body, Refusal> {
        let left = self.known_order(&asked.order)?.left();
        self.positive(asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        self.permitted("order.credited", asked.amount)?;
        self.dated()?;
        if asked.amount > left {
            return Err(Refusal::CreditExceedsOrder {
                order: asked.order.clone(),
                asked: asked.amount,
                left,
            });
        }
        Ok(Body::OrderCredited(OrderCredited {
            order: asked.order.clone(),
            amount: asked.amount,
            reason,
            note: written(asked.note.as_ref()),
            clawback: asked.clawback,
        }))
    }

    /// Rung: an order of this account.
    pub(crate) fn known_order(&self, id: &Id) -> Result<&Order, Refusal> {
        let order = self.account().orders.get(id).filter(|order| order.entry.is_some());
        order.ok_or_else(|| Refusal::UnknownOrder { order: id.clone() })
    }

    /// UnknownCredit, NotPermitted, dates, AmountNotPositive, CreditExceedsOutstanding,
    /// ReverseThePaymentInstead.
    pub(crate) fn reverse_credit(&self, asked: &ReverseCredit) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownCredit { credit: asked.lot.clone() };
        let lot = self.account().lots.get(&asked.lot).ok_or_else(unknown)?;
        let amount = asked.amount.unwrap_or_else(|| lot.os());
        self.permitted("credit.reversed", amount)?;
        self.dated()?;
        self.positive(amount)?;
        self.outstanding(&asked.lot, amount)?;
        match self.account().body(&asked.lot) {
            Some(Body::CreditGranted(_) | Body::OrderCredited(_)) => {}
            _ => return Err(Refusal::ReverseThePaymentInstead { credit: asked.lot.clone() }),
        }
        let note = written(asked.note.as_ref());
        Ok(Body::CreditReversed(CreditReversed { lot: asked.lot.clone(), amount, note }))
    }

    /// UnknownCredit, NotPermitted, dates, ReasonRequired, AlreadyReversed, CreditAlreadySpent.
    pub(crate) fn reverse_credit_note(&self, asked: &ReverseCreditNote) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownCredit { credit: asked.note.clone() };
        let note = self.account().notes.get(&asked.note).ok_or_else(unknown)?;
        self.permitted("credit-note.reversed", note.standing())?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        if note.reversed.is_some() || note.standing().is_zero() {
            return Err(Refusal::AlreadyReversed { id: asked.note.clone() });
        }
        self.unspent(&asked.note, note.released)?;
        Ok(Body::CreditNoteReversed(Reversed { of: asked.note.clone(), reason }))
    }

    /// Rung: the lot still has what is to be taken back.
    pub(crate) fn unspent(&self, lot: &Id, needed: Money) -> Result<(), Refusal> {
        let missing = needed - self.account().os(lot).or_zero();
        if missing.is_positive() {
            return Err(Refusal::CreditAlreadySpent { lot: lot.clone(), missing });
        }
        Ok(())
    }
}

const fn is_order(body: &Body) -> bool {
    matches!(body, Body::OrderPlaced(_))
}

/// Documents that a lot may be named after.
pub(crate) const fn may_have_credit(body: &Body) -> bool {
    matches!(
        body,
        Body::PaymentRecorded(_)
            | Body::CreditGranted(_)
            | Body::OrderCredited(_)
            | Body::RefundRecorded(_)
            | Body::RefundIssued(_)
            | Body::RefundRequested(_)
    )
}
