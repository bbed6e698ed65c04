//! The checks of the model on an act before it is recorded.

use super::Fold;
use crate::model::ask::{Ask, CheckResult, ensure};
use crate::model::order::Order;
use crate::model::rounding::out_of_payments;
use crate::model::{Amount, round};
use ledger::entry::{After, Discount, Part, Returned};
use ledger::method::Method;
use ledger::rules::{
    Act, ApplyCredit, CreditNote, GrantCredit, LineAsked, PlaceOrder, PlanOrder, ProcessPayout,
    RecordPayment, Refund, Reversal, ReverseCredit, ReverseCreditNote, Tax, TransferCredit, UnapplyCredit,
    WriteOff,
};

impl Fold {
    /// Success, or the name of the refusal; `None` for acts that the model does not judge.
    pub fn judge(&self, ask: &Ask<'_>, act: &Act) -> Option<CheckResult> {
        Some(match act {
            Act::RecordPayment(asked) => self.may_pay(ask, asked),
            Act::ApplyCredit(asked) => self.may_apply(ask, asked),
            Act::UnapplyCredit(asked) => self.may_unapply(ask, asked),
            Act::GrantCredit(asked) => may_grant(ask, asked),
            Act::CreditNote(asked) => self.may_note(ask, asked),
            Act::TransferCredit(asked) => self.may_transfer(ask, asked),
            Act::PlanOrder(asked) => self.may_plan(asked),
            Act::ReverseCredit(asked) => self.may_reverse_credit(ask, asked),
            Act::ReverseCreditNote(asked) => self.may_reverse_note(ask, asked),
            Act::Refund(asked) => self.may_refund(ask, asked, true),
            Act::RequestRefund(asked) => self.may_refund(ask, asked, false),
            Act::ApproveRefund(request) => self.may_approve(ask, request.as_str()),
            Act::RejectRefund(asked) => self.may_reject(ask, asked.of.as_str()),
            Act::WithdrawRefund(asked) => self.may_withdraw(ask, asked.of.as_str()),
            Act::SettleRefund(asked) => self.may_settle(ask, asked.refund.as_str(), asked.outcome),
            Act::ProgressRefund(asked) => self.may_progress(ask, asked.refund.as_str()),
            Act::ProcessPayout(asked) => self.may_pay_out(ask, asked),
            Act::CompletePayout(payout) => self.may_end_payout(ask, payout.as_str()),
            Act::RejectPayout(asked) => self.may_end_payout(ask, asked.of.as_str()),
            Act::ReversePayout(asked) => self.may_reverse_payout(ask, asked),
            Act::ReversePayment(asked) => self.may_reverse_payment(ask, asked),
            Act::ReportDispute(asked) => self.may_report_dispute(ask, asked),
            Act::RecordDispute(asked) => self.may_record_dispute(ask, asked.dispute.as_str()),
            Act::ReverseRefund(asked) => self.may_reverse_refund(ask, asked),
            Act::WriteOff(asked) => self.may_write_off(ask, asked),
            Act::ReverseWriteOff(asked) => self.may_take_back_write_off(ask, asked),
            Act::PlaceOrder(asked) => may_order(ask, asked),
            Act::HandOver(refund) => {
                let id = refund.as_str();
                ensure("UnknownRefund", self.refunds.contains_key(id) || self.payouts.contains_key(id))
            }
            Act::ResolveException(asked) => self.may_resolve(ask, asked),
            _ => return ask.of_shop(act),
        })
    }

    /// Checks that the exception is open: one that the entry raised, one about it, or a clash between accounts.
    fn may_resolve(&self, ask: &Ask<'_>, asked: &ledger::rules::ResolveException) -> CheckResult {
        ask.permitted()?;
        let (kind, named) = (asked.kind.as_str(), asked.entry.as_str());
        let names = |raised: &crate::model::Raised| {
            let others = [Some(&raised.entry), raised.other.as_ref(), raised.about.as_ref()];
            raised.kind == kind && others.into_iter().flatten().any(|id| id == named)
        };
        let beyond = match kind {
            "LateIntoSealedDay" => self.held(named).is_some_and(|entry| ask.is_sealed(entry.on)),
            "IdClash" => ask.clashes(named),
            "NotEntitled" => ask.not_entitled.iter().any(names),
            _ => false,
        };
        let open = self.open().iter().any(names) || (beyond && !self.is_resolved(kind, named));
        ensure("UnknownException", open)?;
        reasoned(asked.reason.as_ref())
    }

    fn may_pay(&self, ask: &Ask<'_>, asked: &RecordPayment) -> CheckResult {
        let orders = || asked.allocations.iter().map(|part| part.order.as_str());
        let typed = || asked.allocations.iter().filter_map(|part| Some((part, part.amount?.0)));
        ensure("UnknownCustomer", ask.customer_known())?;
        ensure("UnknownOrder", orders().all(|order| self.orders.contains_key(order) || ask.order(order)))?;
        ensure("NotThisCustomer", orders().all(|order| self.orders.contains_key(order)))?;
        let cash_positive = asked.tendered.is_none_or(|cash| cash.0 > 0);
        let received = asked.amount.0 - asked.rounding.0;
        let positive = received > 0 && cash_positive && typed().all(|(_, amount)| amount > 0);
        ensure("AmountNotPositive", positive)?;
        noted(asked.method, asked.note.as_ref())?;
        ask.rounds(asked.method, asked.rounding.0, received)?;
        let enough = |cash: ledger::money::Money| asked.method == Method::Cash && cash.0 >= received;
        ensure("TenderedTooLittle", asked.tendered.is_none_or(enough))?;
        ask.dated()?;
        ensure(
            "AllocationExceedsPayment",
            typed().map(|(_, amount)| amount).sum::<Amount>() <= asked.amount.0,
        )?;
        let fits = |(part, amount): (&ledger::rules::AllocationAsked, Amount)| {
            let order = &self.orders[part.order.as_str()];
            amount <= order.owed() + order.written_off()
        };
        ensure("AllocationExceedsOwed", typed().all(fits))?;
        ensure("MethodNotAvailable", ask.method(asked.method))
    }

    fn may_apply(&self, ask: &Ask<'_>, asked: &ApplyCredit) -> CheckResult {
        let (lot, to) = (asked.lot.as_str(), asked.to.as_str());
        let to_lot = self.lots.contains_key(to);
        let to_order = self.orders.contains_key(to);
        ensure("UnknownCredit", self.lots.contains_key(lot) || ask.credit(lot))?;
        ensure("UnknownOrder", to_lot || to_order || ask.order(to))?;
        ensure("NotThisCustomer", self.lots.contains_key(lot) && (to_lot || to_order))?;
        ask.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0)?;
        ensure("CreditExceedsOutstanding", asked.amount.0 <= self.os(lot))?;
        let owed = if to_lot { (-self.os(to)).max(0) } else { self.orders[to].owed() };
        ensure("AllocationExceedsOwed", asked.amount.0 <= owed)
    }

    fn may_unapply(&self, ask: &Ask<'_>, asked: &UnapplyCredit) -> CheckResult {
        ask.dated()?;
        let lot = asked.lot.as_str();
        let still =
            |order: &crate::model::order::Order| order.applied_of(lot, true) + order.applied_of(lot, false);
        ensure("NotApplied", self.orders.get(asked.order.as_str()).is_some_and(|order| still(order) > 0))
    }

    fn may_note(&self, ask: &Ask<'_>, asked: &CreditNote) -> CheckResult {
        let order = self.orders.get(asked.order.as_str()).ok_or("UnknownOrder")?;
        let returned = order.named(&asked.returned).ok_or("UnknownLine")?;
        ensure("AmountNotPositive", asked.amount.is_none_or(|amount| amount.0 > 0))?;
        reasoned(asked.reason.as_ref())?;
        ask.permitted()?;
        ask.dated()?;
        returns_fit(order, &returned)?;
        let value = || order.values("", &returned).iter().map(|back| back.value).sum();
        let amount = asked.amount.map_or_else(value, |amount| amount.0);
        ensure("AmountNotPositive", amount > 0)?;
        ensure("CreditExceedsOrder", amount <= order.left())
    }

    fn may_plan(&self, asked: &PlanOrder) -> CheckResult {
        let order = self.orders.get(asked.order.as_str()).ok_or("UnknownOrder")?;
        ensure("AmountNotPositive", asked.instalments.iter().all(|part| part.amount.0 > 0))?;
        let dates: Vec<_> = asked.instalments.iter().map(|part| part.due).collect();
        ensure("PlanOutOfOrder", dates.windows(2).all(|pair| pair[0] < pair[1]))?;
        let planned: Amount = asked.instalments.iter().map(|part| part.amount.0).sum();
        ensure("PlanDoesNotAddUp", planned == order.owed())
    }

    fn may_transfer(&self, ask: &Ask<'_>, asked: &TransferCredit) -> CheckResult {
        let (lot, to) = (asked.lot.as_str(), asked.to.as_str());
        ensure("UnknownCredit", self.lots.contains_key(lot))?;
        ensure("UnknownCustomer", ask.is_customer(to))?;
        ask.permitted()?;
        ask.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0)?;
        reasoned(asked.reason.as_ref())?;
        ensure("SameCustomer", to != self.customer)?;
        ensure("CreditExceedsOutstanding", asked.amount.0 <= self.os(lot))
    }

    fn may_reverse_credit(&self, ask: &Ask<'_>, asked: &ReverseCredit) -> CheckResult {
        let lot = asked.lot.as_str();
        ensure("UnknownCredit", self.lots.contains_key(lot))?;
        ask.permitted()?;
        ask.dated()?;
        let amount = asked.amount.map_or(self.os(lot), |amount| amount.0);
        ensure("AmountNotPositive", amount > 0)?;
        ensure("CreditExceedsOutstanding", amount <= self.os(lot))?;
        let given = self.grants.contains_key(lot) || self.notes.contains_key(lot);
        ensure("ReverseThePaymentInstead", given)
    }

    fn may_reverse_note(&self, ask: &Ask<'_>, asked: &ReverseCreditNote) -> CheckResult {
        let id = asked.note.as_str();
        let note = self.notes.get(id).ok_or("UnknownCredit")?;
        ask.permitted()?;
        ask.dated()?;
        reasoned(asked.reason.as_ref())?;
        let back = &self.orders[&note.order].back;
        let standing = note.split.iter().sum::<Amount>() > 0 || back.iter().any(|back| back.by == id);
        ensure("AlreadyReversed", note.reversed.is_none() && standing)?;
        ensure("CreditAlreadySpent", note.released <= self.os(id).max(0))
    }

    fn may_refund(&self, ask: &Ask<'_>, asked: &Refund, rights: bool) -> CheckResult {
        ensure("UnknownOrder", self.orders.contains_key(asked.order.as_str()))?;
        let known = |part: &Part| {
            let from = part.from.as_str();
            if part.credit {
                self.lots.contains_key(from) || ask.credit(from)
            } else {
                self.payments.contains_key(from) || ask.payment(from)
            }
        };
        ensure("UnknownPayment", asked.parts.iter().all(known))?;
        let returned = self.orders[asked.order.as_str()].named(&asked.returned).ok_or("UnknownLine")?;
        if rights {
            ask.permitted()?;
        }
        let positive = asked.amount.0 > 0 && asked.parts.iter().all(|part| part.amount.0 > 0);
        ensure("AmountNotPositive", positive)?;
        reasoned(asked.reason.as_ref())?;
        noted(asked.method, asked.note.as_ref())?;
        ask.rounds(asked.method, asked.rounding.0, out_of_payments(&asked.parts) - asked.rounding.0)?;
        ask.dated()?;
        self.refund_fits(asked.order.as_str(), &asked.parts, asked.after)?;
        returns_fit(&self.orders[asked.order.as_str()], &returned)?;
        self.may_move(asked.method, &asked.parts)?;
        ensure("MethodNotAvailable", ask.method(asked.method))
    }

    /// The checks that depend on the state of the order, up to T.
    fn refund_fits(&self, id: &str, parts: &[Part], after: After) -> CheckResult {
        let order = &self.orders[id];
        let of_order = |part: &Part| {
            let from = part.from.as_str();
            let allocated = crate::model::order::What::Allocated { payment: from.into() };
            if part.credit {
                order.applied_of(from, true) + order.applied_of(from, false) > 0
            } else {
                order.events.iter().any(|event| event.what == allocated && event.amount > 0)
            }
        };
        let all: Amount = parts.iter().map(|part| part.amount.0).sum();
        ensure("PaymentNotOfOrder", parts.iter().all(of_order))?;
        ensure("RefundPending", !self.pending_on(parts))?;
        let disputed = |part: &Part| !part.credit && self.is_disputed(part.from.as_str());
        ensure("PaymentDisputed", !parts.iter().any(disputed))?;
        let fits = |part: &Part| part.amount.0 <= self.refundable_part(id, part);
        ensure("RefundExceedsPayment", parts.iter().all(fits) && all <= order.refundable())?;
        match after {
            After::Amount(target) => {
                ensure("OwedAfterOutOfRange", (0..=order.owed() + all).contains(&target.0))
            }
            After::Stays | After::Reopens => Ok(()),
        }
    }

    fn may_approve(&self, ask: &Ask<'_>, id: &str) -> CheckResult {
        self.may_reject(ask, id)?;
        let written = &self.refunds[id].written;
        let rounding = written.rounding.0;
        ask.rounds(written.method, rounding, out_of_payments(&written.parts) - rounding)?;
        self.refund_fits(written.order.as_str(), &written.parts, written.after)?;
        returns_fit(&self.orders[written.order.as_str()], &written.returned)?;
        self.may_move(written.method, &written.parts)
    }

    /// Whether the method fits the parts: credit goes back to its lots, payments are refunded by the method.
    fn may_move(&self, method: Method, parts: &[Part]) -> CheckResult {
        let payments: Vec<&Part> = parts.iter().filter(|part| !part.credit).collect();
        ensure("NoMoneyToMove", method == Method::Credit || !payments.is_empty())?;
        let online = |part: &&Part| self.payments[part.from.as_str()].written.method == Method::Online;
        ensure("OnlineNotAvailable", method != Method::Online || payments.iter().all(online))
    }

    fn may_reject(&self, ask: &Ask<'_>, id: &str) -> CheckResult {
        let refund = self.refunds.get(id).ok_or("UnknownRefund")?;
        ask.permitted()?;
        ask.dated()?;
        ensure("NotAwaiting", refund.status == "requested")
    }

    fn may_pay_out(&self, ask: &Ask<'_>, asked: &ProcessPayout) -> CheckResult {
        let here = |lot: &str| self.lots.contains_key(lot);
        let lots = || asked.from.iter().map(|part| part.lot.as_str());
        ensure("UnknownCredit", lots().all(|lot| here(lot) || ask.credit(lot)))?;
        ensure("NotThisCustomer", lots().all(here))?;
        ask.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0 && asked.from.iter().all(|part| part.amount.0 > 0))?;
        noted(asked.method, asked.note.as_ref())?;
        ask.rounds(asked.method, asked.rounding.0, asked.amount.0 - asked.rounding.0)?;
        let covered = asked.from.iter().all(|part| part.amount.0 <= self.os(part.lot.as_str()));
        ensure("CreditExceedsOutstanding", covered)?;
        ensure("MethodNotAvailable", ask.method(asked.method))
    }

    fn may_end_payout(&self, ask: &Ask<'_>, id: &str) -> CheckResult {
        let payout = self.payouts.get(id).ok_or("UnknownRefund")?;
        ask.permitted()?;
        ask.dated()?;
        ensure("NotAwaiting", payout.status == "awaiting")
    }

    fn may_reverse_payout(&self, ask: &Ask<'_>, asked: &Reversal) -> CheckResult {
        let payout = self.payouts.get(asked.of.as_str()).ok_or("UnknownRefund")?;
        ask.permitted()?;
        ask.dated()?;
        reasoned(asked.reason.as_ref())?;
        ensure("AlreadyReversed", payout.status != "reversed")?;
        ensure("NotComplete", payout.status == "complete")
    }

    fn may_reverse_payment(&self, ask: &Ask<'_>, asked: &Reversal) -> CheckResult {
        let payment = self.payments.get(asked.of.as_str()).ok_or("UnknownPayment")?;
        ask.permitted()?;
        ask.dated()?;
        reasoned(asked.reason.as_ref())?;
        ensure("AlreadyReversed", payment.reversed.is_none())?;
        ensure("RefundPending", payment.pending.is_none())?;
        ensure("PaymentDisputed", self.disputed_by(asked.of.as_str()).is_none())
    }

    fn may_reverse_refund(&self, ask: &Ask<'_>, asked: &Reversal) -> CheckResult {
        let id = asked.of.as_str();
        let refund = self.refunds.get(id).ok_or("UnknownRefund")?;
        ask.permitted()?;
        ask.dated()?;
        reasoned(asked.reason.as_ref())?;
        ensure("AlreadyReversed", refund.status != "reversed")?;
        ensure("NotManual", refund.status == "recorded")?;
        let unspent = |lot: &str, given: Amount| given <= self.os(lot).max(0);
        let gave_back = refund.lots.iter().all(|(lot, taken)| unspent(lot, -taken));
        ensure("CreditAlreadySpent", unspent(id, refund.store_credit) && gave_back)
    }

    fn may_write_off(&self, ask: &Ask<'_>, asked: &WriteOff) -> CheckResult {
        let of = asked.of.as_str();
        let order = self.orders.get(of);
        ensure("UnknownOrder", order.is_some() || self.lots.contains_key(of))?;
        ask.permitted()?;
        ask.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0)?;
        match order {
            Some(order) => ensure("WriteOffExceedsOwed", asked.amount.0 <= order.owed())?,
            None => ensure("CreditExceedsOutstanding", asked.amount.0 <= self.os(of))?,
        }
        reasoned(asked.reason.as_ref())
    }

    fn may_take_back_write_off(&self, ask: &Ask<'_>, asked: &WriteOff) -> CheckResult {
        let order = self.orders.get(asked.of.as_str()).ok_or("UnknownOrder")?;
        ask.permitted()?;
        ask.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0)?;
        ensure("WriteOffExceedsOwed", asked.amount.0 <= order.written_off())?;
        reasoned(asked.reason.as_ref())
    }
}

fn returns_fit(order: &Order, returned: &[Returned]) -> CheckResult {
    let fits = |each: &Returned| order.back_of(each.line) + i128::from(each.qty.0) <= order.qty(each.line);
    ensure("ReturnExceedsLine", returned.iter().all(fits))
}

fn may_order(ask: &Ask<'_>, asked: &PlaceOrder) -> CheckResult {
    ensure("UnknownCustomer", ask.customer_known())?;
    ensure(
        "UnknownPartner",
        [&asked.lead, &asked.sale].into_iter().flatten().all(|id| ask.partner(id.as_str())),
    )?;
    ask.dated()?;
    let list = |line: &LineAsked| i128::from(round(i128::from(line.unit.0) * i128::from(line.qty.0), 1_000));
    let share = |discount: Option<Discount>, of: i128| match discount {
        None => 0,
        Some(Discount::Amount(off)) => i128::from(off.0),
        Some(Discount::Percent(rate)) => i128::from(round(of * i128::from(rate.0), 1_000_000)),
    };
    let fits = |line: &LineAsked| line.less.is_none() || share(line.less, list(line)) <= list(line);
    let all: i128 = asked.lines.iter().map(|line| list(line) - share(line.less, list(line))).sum();
    let left = all - share(asked.discount, all);
    let over = |discount: &Discount| matches!(discount, Discount::Percent(rate) if rate.0 > 1_000_000);
    let mut all_discounts = asked.lines.iter().filter_map(|line| line.less.as_ref()).chain(&asked.discount);
    ensure("DiscountTooLarge", !all_discounts.any(over))?;
    ensure("DiscountTooLarge", asked.lines.iter().all(fits) && (asked.discount.is_none() || left >= 0))?;
    let typed = |discount: &Discount| !matches!(discount, Discount::Amount(off) if off.0 <= 0);
    let mut discounts = asked.lines.iter().filter_map(|line| line.less.as_ref()).chain(&asked.discount);
    let priced = asked.lines.iter().all(|line| line.unit.0 >= 0) && discounts.all(typed);
    ensure("AmountNotPositive", priced && left > 0)?;
    let rate = |line: &LineAsked| match line.tax {
        Tax::None => 0,
        Tax::Inside(rate) | Tax::OnTop(rate) => i128::from(rate.0),
    };
    ensure("RateOutOfRange", asked.lines.iter().all(|line| rate(line) <= 1_000_000))?;
    let most = ask.most();
    ensure(
        "OverLimit",
        asked.lines.iter().all(|line| i128::from(line.unit.0) <= most && list(line) <= most),
    )?;
    // The amount with tax on top must not exceed the limit either; the large orders have one line and no discount.
    let on_top = |line: &LineAsked| if matches!(line.tax, Tax::OnTop(_)) { rate(line) } else { 0 };
    let taxed: i128 = asked.lines.iter().map(|line| list(line) * on_top(line) / 1_000_000).sum();
    ensure("OverLimit", left + taxed <= most)
}

fn may_grant(ask: &Ask<'_>, asked: &GrantCredit) -> CheckResult {
    ensure("UnknownCustomer", ask.customer_known())?;
    ensure("AmountNotPositive", asked.amount.0 > 0)?;
    reasoned(asked.reason.as_ref())?;
    ask.permitted()?;
    ask.dated()?;
    ensure("RateOutOfRange", asked.rate.is_none_or(|rate| rate.0 <= 1_000_000))
}

fn reasoned(reason: Option<&String>) -> CheckResult {
    ensure("ReasonRequired", reason.is_some_and(|reason| !reason.trim().is_empty()))
}

fn noted(method: Method, note: Option<&String>) -> CheckResult {
    ensure("NotesRequired", method != Method::Other || note.is_some_and(|note| !note.trim().is_empty()))
}
