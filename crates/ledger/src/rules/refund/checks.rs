//! The checks of a refund: the amount refunded, and the amount owed afterwards.

use crate::account::order::Order;
use crate::entry::refund_written::{After, Part, RefundWritten, payments_total};
use crate::entry::returned::Returned;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, no_duplicates, non_blank, note, reason};
use crate::rules::refund::asked::Refund;
use crate::rules::returns::{self, returned_lines};

impl Case<'_> {
    /// Refusals in order: UnknownOrder, UnknownPayment, UnknownLine, NotPermitted (if `right` is given),
    /// AmountNotPositive, ReasonRequired, NotesRequired, RoundingOutOfRange, dates, then those of [`Case::check_refund_on_order`].
    pub(super) fn check_refund(
        &self,
        asked: &Refund,
        right: Option<EntryKind>,
    ) -> Result<RefundWritten, Refusal> {
        let order = self.known_order(&asked.order)?;
        asked.parts.iter().try_for_each(|part| self.part_known(part))?;
        let returned = returned_lines(order, &asked.order, &asked.returned)?;
        right.map_or(Ok(()), |right| self.permitted(right, asked.amount))?;
        self.positive(asked.amount)?;
        asked.parts.iter().try_for_each(|part| self.positive(part.amount))?;
        returns::positive(&asked.returned)?;
        let reason = reason(asked.reason.as_ref())?;
        let note = note(asked.method, asked.note.as_ref())?;
        self.rounds(asked.method, asked.rounding, payments_total(&asked.parts) - asked.rounding)?;
        self.dated()?;
        let credit = self.check_refund_on_order(order, asked, &returned)?;
        let account = match asked.method {
            Method::Credit => None,
            method => Some(self.paying_account(method, asked.bank.as_deref())?),
        };
        Ok(RefundWritten {
            order: asked.order.clone(),
            method: asked.method,
            account,
            parts: asked.parts.clone(),
            after: asked.after,
            credit,
            clawback: asked.clawback,
            reason,
            reference: non_blank(asked.reference.as_ref()),
            note,
            returned,
            rounding: asked.rounding,
        })
    }

    /// Refusals in order: NamedTwice, PartsDiffer, PaymentNotOfOrder, RefundPending, PaymentDisputed, RefundExceedsPayment,
    /// OwedAfterOutOfRange, ReturnExceedsLine, NoMoneyToMove, OnlineNotAvailable. Returns the credit leg
    /// C = B + R − T.
    fn check_refund_on_order(
        &self,
        order: &Order,
        asked: &Refund,
        returned: &[Returned],
    ) -> Result<Money, Refusal> {
        no_duplicates(asked.parts.iter().map(|part| (&part.from, part.credit)))?;
        let parts: Money = asked.parts.iter().map(|part| part.amount).sum();
        if parts != asked.amount {
            return Err(Refusal::PartsDiffer { asked: asked.amount, parts });
        }
        asked.parts.iter().try_for_each(|part| check_part_of_order(order, &asked.order, part))?;
        asked.parts.iter().try_for_each(|part| self.not_pending(part))?;
        let payments = asked.parts.iter().filter(|part| !part.credit);
        payments.map(|part| &part.from).try_for_each(|payment| self.not_disputed(payment))?;
        asked.parts.iter().try_for_each(|part| check_refundable(order, part))?;
        if asked.amount > order.refundable() {
            let refundable = order.refundable();
            return Err(Refusal::RefundExceedsPayment { payment: None, asked: asked.amount, refundable });
        }
        let credit = credit_leg(order.owed(), asked.amount, asked.after)?;
        returns::fits(order, &asked.order, returned)?;
        // Credit goes back to its lot whatever the method, so a method that moves money would say what did not happen.
        if asked.method != Method::Credit && asked.parts.iter().all(|part| part.credit) {
            return Err(Refusal::NoMoneyToMove { method: asked.method });
        }
        if asked.method == Method::Online {
            self.taken_online(&asked.parts)?;
        }
        Ok(credit)
    }

    /// Check: the payment or lot of a part exists, in this account or elsewhere.
    fn part_known(&self, part: &Part) -> Result<(), Refusal> {
        let account = self.account();
        let here = if part.credit {
            account.lots.contains_key(&part.from)
        } else {
            account.payments.contains_key(&part.from)
        };
        let is_payment = |body: &Body| matches!(body, Body::PaymentRecorded(_));
        let elsewhere = || {
            let is = if part.credit { crate::rules::credit::checks::may_have_credit } else { is_payment };
            self.of_other_customer(&part.from, is).is_some()
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
}

/// Check: something of the payment is allocated to the order, or something of the lot is applied to it now.
fn check_part_of_order(order: &Order, id: &Id, part: &Part) -> Result<(), Refusal> {
    let found = if part.credit {
        order.credits.get(&part.from).is_some_and(|applied| applied.remaining().is_positive())
    } else {
        order.paid.get(&part.from).is_some_and(|paid| paid.allocated.is_positive())
    };
    let refused = || Refusal::PaymentNotOfOrder { payment: part.from.clone(), order: id.clone() };
    if found { Ok(()) } else { Err(refused()) }
}

fn check_refundable(order: &Order, part: &Part) -> Result<(), Refusal> {
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
