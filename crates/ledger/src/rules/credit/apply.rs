//! Apply credit to an order, or to a lot below zero of the same customer. A claim.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::credit_applied::CreditApplied;
use crate::entry::credit_origin::CreditOrigin;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// Credit of a lot to apply to an order, or to a lot below zero.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ApplyCredit {
    pub lot: Id,
    /// An order, or a lot below zero of the same customer.
    pub to: Id,
    pub amount: Money,
    /// Whether it counts for commission; `None` applies the rule of the origin of the lot.
    pub eligible: Option<bool>,
}

impl Case<'_> {
    /// Refusals in order: UnknownCredit, UnknownOrder, NotThisCustomer, dates, AmountNotPositive,
    /// CreditExceedsOutstanding, AllocationExceedsOwed.
    pub(crate) fn apply_credit(&self, asked: &ApplyCredit) -> Result<Body, Refusal> {
        self.credit_known(&asked.lot)?;
        let to_lot = self.account().lots.contains_key(&asked.to);
        if !to_lot && !self.has_order(&asked.to) && self.of_other_customer(&asked.to, is_order).is_none() {
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

    /// Whether credit of a lot counts for commission by default: yes, unless its money has earned and kept its
    /// commission, or it never was money.
    pub(super) fn earns(&self, lot: &Id) -> bool {
        match self.account().body(lot).and_then(Body::credit_origin) {
            Some(CreditOrigin::Granted(granted)) => granted.rate.is_some() || granted.opening,
            Some(CreditOrigin::Note(credited)) => credited.clawback,
            Some(CreditOrigin::Refund(refund)) => refund.method != Method::Credit || refund.clawback.refund,
            Some(CreditOrigin::Received(received)) => received.eligible,
            Some(CreditOrigin::Payment(_)) | None => true,
        }
    }
}

impl Fold<'_> {
    /// To an order: Dr 2100; Cr 1100. To a lot below zero: Dr 2100, Cr 2100.
    pub(crate) fn apply_credit(&mut self, applied: &CreditApplied) {
        if self.account.orders.contains_key(&applied.order) {
            self.apply_to_order(applied);
        } else {
            self.apply_to_lot(applied);
        }
    }

    fn apply_to_order(&mut self, applied: &CreditApplied) {
        let wanted = applied.amount.min(self.account.owed_on(&applied.order));
        let taken = self.take_from_lot(&applied.lot, wanted);
        self.raise_overspent(&applied.lot, &applied.order, wanted - taken);
        self.put_on_order(&applied.lot, &applied.order, taken, applied.eligible);
        self.mark_last(&applied.lot);
    }

    fn apply_to_lot(&mut self, applied: &CreditApplied) {
        let wanted = applied.amount.min((-self.account.os(&applied.order)).or_zero());
        let taken = self.take_from_lot(&applied.lot, wanted);
        self.raise_overspent(&applied.lot, &applied.order, wanted - taken);
        self.lot(&applied.order).back += taken;
        self.mark_last(&applied.lot);
    }

    /// Takes up to `wanted` of what is outstanding of the lot; returns the amount.
    fn take_from_lot(&mut self, lot: &Id, wanted: Money) -> Money {
        let lot = self.lot(lot);
        let taken = wanted.min(lot.available());
        lot.applied += taken;
        taken
    }

    /// Applies an amount taken from a lot to an order.
    pub(crate) fn put_on_order(&mut self, lot: &Id, order: &Id, amount: Money, eligible: bool) {
        let Some(order) = self.order(order) else { return };
        if amount.is_positive() {
            order.change_credit(lot, |applied| {
                if eligible {
                    applied.eligible += amount;
                    applied.earned += amount;
                } else {
                    applied.other += amount;
                }
            });
            self.lines.transfer(&self.credit, &self.receivable, amount);
        }
    }
}

const fn is_order(body: &Body) -> bool {
    matches!(body, Body::OrderPlaced(_))
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ApplyCredit, body: &Body) -> bool {
    let Body::CreditApplied(written) = body else { return false };
    let ApplyCredit { lot, to, amount, eligible } = asked;
    (lot, to, *amount) == (&written.lot, &written.order, written.amount)
        && eligible.is_none_or(|eligible| eligible == written.eligible)
}

impl Asked for ApplyCredit {
    fn names(&self) -> Vec<Id> {
        vec![self.lot.clone(), self.to.clone()]
    }
}
