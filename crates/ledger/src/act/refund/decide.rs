//! Decides on refunds: what goes back, and how much is owed afterwards.

use super::{
    After, Method, Outcome, Part, Refund, RefundApproved, RefundNamed, RefundWritten, SettleRefund, Status,
};
use crate::account::order::Order;
use crate::act::correction::{Reversal, Reversed};
use crate::body::Body;
use crate::decide::{Case, note, once, reason, written};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// Manual, or online: the same rungs.
    pub(crate) fn refund(&self, asked: &Refund) -> Result<Body, Refusal> {
        let online = asked.method == Method::Online;
        let kind = if online { "refund.issued" } else { "refund.recorded" };
        let written = self.refund_written(asked, Some(kind))?;
        Ok(if online { Body::RefundIssued(written) } else { Body::RefundRecorded(written) })
    }

    /// As the refund, without NotPermitted.
    pub(crate) fn request_refund(&self, asked: &Refund) -> Result<Body, Refusal> {
        self.refund_written(asked, None).map(Body::RefundRequested)
    }

    /// UnknownOrder, UnknownPayment, NotPermitted, AmountNotPositive, ReasonRequired, NotesRequired, dates, then
    /// what stands on the order.
    fn refund_written(&self, asked: &Refund, right: Option<&'static str>) -> Result<RefundWritten, Refusal> {
        let order = self.known_order(&asked.order)?;
        asked.parts.iter().try_for_each(|part| self.part_known(part))?;
        right.map_or(Ok(()), |right| self.permitted(right, asked.amount))?;
        self.positive(asked.amount)?;
        asked.parts.iter().try_for_each(|part| self.positive(part.amount))?;
        let reason = reason(asked.reason.as_ref())?;
        let note = note(asked.method, asked.note.as_ref())?;
        self.dated()?;
        let credit = self.refund_stands(order, asked)?;
        Ok(RefundWritten {
            order: asked.order.clone(),
            method: asked.method,
            account: self.money_account(asked.method, asked.bank.as_deref()),
            parts: asked.parts.clone(),
            after: asked.after,
            credit,
            clawback: asked.clawback,
            reason,
            reference: written(asked.reference.as_ref()),
            note,
        })
    }

    /// PaymentNotOfOrder, RefundPending, RefundExceedsPayment, OwedAfterOutOfRange, OnlineNotAvailable. Returns
    /// the credit leg C = B + R − T.
    fn refund_stands(&self, order: &Order, asked: &Refund) -> Result<Money, Refusal> {
        once(asked.parts.iter().map(|part| (&part.from, part.credit)))?;
        let parts: Money = asked.parts.iter().map(|part| part.amount).sum();
        if parts != asked.amount {
            return Err(Refusal::PartsDiffer { asked: asked.amount, parts });
        }
        asked.parts.iter().try_for_each(|part| of_order(order, &asked.order, part))?;
        asked.parts.iter().try_for_each(|part| self.not_pending(part))?;
        asked.parts.iter().try_for_each(|part| not_too_much(order, part))?;
        if asked.amount > order.refundable() {
            let refundable = order.refundable();
            return Err(Refusal::RefundExceedsPayment { payment: None, asked: asked.amount, refundable });
        }
        let credit = credit_leg(order.owed(), asked.amount, asked.after)?;
        if asked.method == Method::Online {
            self.taken_online(&asked.parts)?;
        }
        Ok(credit)
    }

    /// A part that names an unknown payment, or an unknown lot.
    fn part_known(&self, part: &Part) -> Result<(), Refusal> {
        let account = self.account();
        let here = if part.credit {
            account.lots.contains_key(&part.from)
        } else {
            account.payments.contains_key(&part.from)
        };
        let is_payment = |body: &Body| matches!(body, Body::PaymentRecorded(_));
        let elsewhere = || {
            let is = if part.credit { crate::act::credit::may_have_credit } else { is_payment };
            self.elsewhere(&part.from, is).is_some()
        };
        if here || elsewhere() { Ok(()) } else { Err(Refusal::UnknownPayment { payment: part.from.clone() }) }
    }

    fn not_pending(&self, part: &Part) -> Result<(), Refusal> {
        let payment = self.account().payments.get(&part.from).filter(|_| !part.credit);
        match payment.and_then(|payment| payment.pending.clone()) {
            Some(refund) => Err(Refusal::RefundPending { payment: part.from.clone(), refund }),
            None => Ok(()),
        }
    }

    fn taken_online(&self, parts: &[Part]) -> Result<(), Refusal> {
        let online = |part: &Part| match self.account().body(&part.from) {
            Some(Body::PaymentRecorded(paid)) => paid.method == Method::Online,
            _ => false,
        };
        match parts.iter().find(|part| !online(part)) {
            Some(part) => Err(Refusal::OnlineNotAvailable { payment: part.from.clone() }),
            None => Ok(()),
        }
    }

    /// UnknownRefund, NotPermitted, NotAwaiting, then as the refund, afresh.
    pub(crate) fn approve_refund(&self, request: &Id) -> Result<Body, Refusal> {
        let (status, written) = self.request(request)?;
        let amount = written.parts.iter().map(|part| part.amount).sum();
        self.permitted("refund.approved", amount)?;
        self.dated()?;
        if status != Status::Requested {
            return Err(Refusal::NotAwaiting { refund: request.clone() });
        }
        let bank = written.account.as_ref().map(|account| account.party.to_string());
        let asked = Refund {
            order: written.order.clone(),
            amount,
            method: written.method,
            bank,
            parts: written.parts.clone(),
            after: written.after,
            clawback: written.clawback,
            reason: Some(written.reason.clone()),
            reference: None,
            note: written.note.clone(),
        };
        let afresh = self.refund_written(&asked, None)?;
        Ok(Body::RefundApproved(RefundApproved {
            request: request.clone(),
            account: afresh.account,
            credit: afresh.credit,
        }))
    }

    /// UnknownRefund, NotPermitted, NotAwaiting.
    pub(crate) fn reject_refund(&self, request: &Id) -> Result<Body, Refusal> {
        let (status, written) = self.request(request)?;
        self.permitted("refund.rejected", written.parts.iter().map(|part| part.amount).sum())?;
        self.dated()?;
        if status != Status::Requested {
            return Err(Refusal::NotAwaiting { refund: request.clone() });
        }
        Ok(Body::RefundRejected(RefundNamed { refund: request.clone() }))
    }

    fn request(&self, id: &Id) -> Result<(Status, &RefundWritten), Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: id.clone() };
        let refund = self.account().refunds.get(id).ok_or_else(unknown)?;
        Ok((refund.status, refund.written().ok_or_else(unknown)?))
    }

    /// UnknownRefund, dates, NotPending (neither pending, nor succeeded with outcome failed).
    pub(crate) fn settle_refund(&self, asked: &SettleRefund) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: asked.refund.clone() };
        let refund = self.account().refunds.get(&asked.refund).ok_or_else(unknown)?;
        self.dated()?;
        match (refund.status, asked.outcome) {
            (Status::Pending, _) | (Status::Succeeded, Outcome::Failed) => {
                Ok(Body::RefundSettled(asked.clone()))
            }
            _ => Err(Refusal::NotPending { refund: asked.refund.clone() }),
        }
    }

    /// UnknownRefund, NotPermitted, dates, ReasonRequired, AlreadyReversed, NotManual, CreditAlreadySpent.
    pub(crate) fn reverse_refund(&self, asked: &Reversal) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: asked.of.clone() };
        let refund = self.account().refunds.get(&asked.of).ok_or_else(unknown)?;
        self.permitted("refund.reversed", refund.out)?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        match refund.status {
            Status::Recorded => {}
            Status::Reversed => return Err(Refusal::AlreadyReversed { id: asked.of.clone() }),
            _ => return Err(Refusal::NotManual { refund: asked.of.clone() }),
        }
        if refund.account.is_none() {
            self.unspent(&asked.of, refund.out)?;
        }
        let given_back = refund.taken.iter().filter(|taken| taken.credit);
        given_back.clone().try_for_each(|taken| self.unspent(&taken.from, taken.kept))?;
        Ok(Body::RefundReversed(Reversed { of: asked.of.clone(), reason }))
    }

    /// UnknownRefund.
    pub(crate) fn hand_over(&self, refund: &Id) -> Result<Body, Refusal> {
        let account = self.account();
        let known = account.refunds.contains_key(refund) || account.payouts.contains_key(refund);
        let named = RefundNamed { refund: refund.clone() };
        if known {
            Ok(Body::RefundHandedOver(named))
        } else {
            Err(Refusal::UnknownRefund { refund: refund.clone() })
        }
    }
}

/// Nothing of it is allocated to the order, or applied now.
fn of_order(order: &Order, id: &Id, part: &Part) -> Result<(), Refusal> {
    let stands = if part.credit {
        order.credits.get(&part.from).is_some_and(|applied| applied.still().is_positive())
    } else {
        order.paid.get(&part.from).is_some_and(|paid| paid.allocated.is_positive())
    };
    let refused = || Refusal::PaymentNotOfOrder { payment: part.from.clone(), order: id.clone() };
    if stands { Ok(()) } else { Err(refused()) }
}

fn not_too_much(order: &Order, part: &Part) -> Result<(), Refusal> {
    let refundable =
        if part.credit { order.refundable_credit(&part.from) } else { order.refundable_payment(&part.from) };
    if part.amount <= refundable {
        return Ok(());
    }
    let payment = Some(part.from.clone());
    Err(Refusal::RefundExceedsPayment { payment, asked: part.amount, refundable })
}

/// C = B + R − T, with 0 ≤ T ≤ B + R.
fn credit_leg(owed: Money, refund: Money, after: After) -> Result<Money, Refusal> {
    let most = owed + refund;
    let target = match after {
        After::Stays => owed,
        After::Reopens => most,
        After::Amount(target) => target,
    };
    if target < Money::ZERO || target > most {
        return Err(Refusal::OwedAfterOutOfRange { asked: target, least: Money::ZERO, most });
    }
    Ok(most - target)
}
