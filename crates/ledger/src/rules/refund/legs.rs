//! The two legs of a refund: the money leg in full, the credit leg cut to what the order has left.

use crate::account::documents::{Refund, TakenPart};
use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::returned_line::ReturnedLine;
use crate::account::status::Status;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::entry::refund_written::{After, Part, RefundWritten};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;

/// A refund to post; its account and its credit leg may differ between request and approval.
pub(super) struct DecidedRefund<'a> {
    pub(super) id: &'a Id,
    pub(super) written: &'a RefundWritten,
    pub(super) account: Option<&'a MoneyAccount>,
    /// The credit leg C as decided.
    pub(super) credit: Money,
    pub(super) status: Status,
}

impl<'a> DecidedRefund<'a> {
    pub(super) fn new(id: &'a Id, written: &'a RefundWritten, status: Status) -> Self {
        Self { id, written, account: written.account.as_ref(), credit: written.credit, status }
    }
}

impl Fold<'_> {
    /// Adds the refund to the account before anything is posted.
    pub(super) fn add_refund(&mut self, id: &Id, written: &RefundWritten, status: Status) {
        let refund = Refund {
            entry: self.entry.clone(),
            order: written.order.clone(),
            status,
            account: None,
            taken: Vec::new(),
            out: Money::ZERO,
            money: Money::ZERO,
            split: Vec::new(),
            returned: Vec::new(),
            done_by: None,
            done: None,
            handed_over: false,
            progress: None,
            cancel_asked: false,
        };
        self.insert_refund(id, refund);
        self.order_or_missing(&written.order).refunds.push(id.clone());
    }

    /// The refund that is pending on one of the payments.
    pub(super) fn pending_of(&self, parts: &[Part]) -> Option<Id> {
        let payments = parts.iter().filter(|part| !part.credit);
        payments
            .filter_map(|part| self.account.payments.get(&part.from))
            .find_map(|payment| payment.pending.clone())
    }

    /// Posts both legs: Dr 1100, Cr money for what the order keeps less; Dr 2100, Cr money for what is taken from the
    /// lot of a payment, less the rounding: Dr money, Cr 6310; applied credit goes back to its lot; then the credit leg.
    pub(super) fn post_refund(&mut self, decided: &DecidedRefund<'_>) {
        let written = decided.written;
        if decided.status == Status::Recorded
            && let Some(pending) = self.pending_of(&written.parts)
        {
            let until = OpenUntil::RefundUndone(pending.clone());
            self.raise(Kind::RefundDuringPending, Some(pending), Some(&written.order), Money::ZERO, until);
        }
        self.followed(written.parts.iter().filter(|part| !part.credit).map(|part| &part.from));
        let owed_before = self.order_or_missing(&written.order).owed();
        let mut over = Money::ZERO;
        let mut taken = Vec::with_capacity(written.parts.len());
        let to = self.out_account(decided);
        for part in &written.parts {
            let (part, short) = if part.credit {
                self.take_credit_back(decided, part)
            } else {
                self.take_payment_back(decided, part, &to)
            };
            over += short;
            taken.push(part);
        }
        if decided.status == Status::Recorded && decided.account.is_some() {
            self.round(&to, -written.rounding);
        }
        let money = if to == self.credit { Money::ZERO } else { -self.lines.net(&to) };
        let returned = self.take_back(&written.order, decided.id, &written.returned);
        let split = self.refund_leg(decided, owed_before, &taken, over, &returned);
        let paid_out = written.payments_total();
        // Without a payment among the parts, all of it went back to its lots: there is no lot of the refund.
        if decided.status == Status::Recorded && decided.account.is_none() && paid_out.is_positive() {
            self.lot(decided.id).amount += paid_out;
        }
        self.change_refund(decided.id, |refund| {
            refund.status = decided.status;
            refund.account = decided.account.cloned();
            refund.out = paid_out;
            refund.money = money;
            refund.taken = taken;
            refund.split = split;
            refund.returned = returned;
        });
    }

    /// The account that the money leg credits.
    fn out_account(&self, decided: &DecidedRefund<'_>) -> BookAccount {
        match (decided.status, decided.account) {
            (Status::Pending, _) => BookAccount::of(Code::RefundsPayable),
            (_, Some(account)) => account.clone(),
            (_, None) => self.credit.clone(),
        }
    }

    /// Takes what is refundable first, then what the payment has in its lot, and the rest beyond that. Returns what
    /// was taken and the amount beyond what was available.
    fn take_payment_back(
        &mut self,
        decided: &DecidedRefund<'_>,
        part: &Part,
        out: &BookAccount,
    ) -> (TakenPart, Money) {
        let refundable = self.order_or_missing(&decided.written.order).refundable_payment(&part.from);
        let first = part.amount.min(refundable);
        let lot = (part.amount - first).min(self.account.os(&part.from).or_zero());
        let over = part.amount - first - lot;
        let eligible = self.account.payments.get(&part.from).is_some_and(|payment| payment.is_eligible());
        let clawed = if decided.written.clawback.refund { first + over } else { Money::ZERO };
        self.order_or_missing(&decided.written.order).change_payment(&part.from, |kept| {
            kept.eligible |= kept.allocated.is_zero() && eligible;
            kept.kept -= first + over;
            kept.clawed += clawed;
        });
        self.lines.transfer(&self.receivable, out, first + over);
        if lot.is_positive() {
            self.lot(&part.from).held += lot;
            self.mark_last(&part.from);
            self.lines.transfer(&self.credit, out, lot);
        }
        let from = part.from.clone();
        (TakenPart { from, credit: false, kept: first + over, eligible: Money::ZERO, lot }, over)
    }

    /// Gives applied credit back to its lot. A part that is no longer applied is cut, because no money moved. Returns
    /// what was taken and the amount cut.
    fn take_credit_back(&mut self, decided: &DecidedRefund<'_>, part: &Part) -> (TakenPart, Money) {
        let marked = decided.written.clawback.refund;
        let order = self.order_or_missing(&decided.written.order);
        let kept = part.amount.min(order.refundable_credit(&part.from));
        let mut eligible = Money::ZERO;
        if kept.is_positive() {
            order.change_credit(&part.from, |applied| {
                eligible = kept.min(applied.eligible);
                applied.eligible -= eligible;
                applied.other -= kept - eligible;
                applied.earned -= if marked { eligible } else { Money::ZERO };
            });
            self.lot(&part.from).back += kept;
            self.lines.transfer(&self.receivable, &self.credit, kept);
        }
        let taken = TakenPart { from: part.from.clone(), credit: true, kept, eligible, lot: Money::ZERO };
        (taken, part.amount - kept)
    }

    /// Posts the credit leg C = min(C decided, max(0, B + R' − T), G − K − W), where R' is the part that falls on the
    /// receivable. Raises `OverRefunded` or `OverCredited`.
    fn refund_leg(
        &mut self,
        decided: &DecidedRefund<'_>,
        before: Money,
        taken: &[TakenPart],
        over: Money,
        returned: &[ReturnedLine],
    ) -> Vec<Money> {
        let written = decided.written;
        let fell: Money = taken.iter().map(|taken| taken.kept).sum();
        let most = match written.after {
            After::Stays => fell,
            After::Reopens => Money::ZERO,
            After::Amount(target) => (before + fell - target).or_zero(),
        };
        let wanted = decided.credit.min(most);
        let amount = wanted.min(self.order_or_missing(&written.order).left()).or_zero();
        if over.is_positive() {
            let other =
                self.other_refund(&written.order, decided.id).or_else(|| self.reversal_of(&written.parts));
            let until = OpenUntil::RefundUndone(decided.id.clone());
            self.raise(Kind::OverRefunded, other, Some(&written.order), over, until);
        } else if amount < wanted {
            let other = self.last_credit(&written.order, decided.id);
            self.raise(Kind::OverCredited, other, Some(&written.order), wanted - amount, OpenUntil::Resolved);
        }
        self.credit_leg(&written.order, amount, written.clawback.credit, returned)
    }

    /// The last other refund on the order.
    pub(super) fn other_refund(&self, order: &Id, but: &Id) -> Option<Id> {
        let refunds = &self.account.orders.get(order)?.refunds;
        refunds.iter().rev().find(|id| *id != but).cloned()
    }

    /// The entry that reversed one of the payments.
    pub(super) fn reversal_of(&self, parts: &[Part]) -> Option<Id> {
        parts.iter().find_map(|part| self.account.payments.get(&part.from)?.reversed.clone())
    }
}
