//! One account of the model, as lists of events.

mod credit;
mod decide;
mod dispute;
mod payout;
mod raised;
mod refund;

pub use credit::gives_credit;

use super::order::{Event, Order, What};
use super::returns::Back;
use super::same::same;
use super::{Amount, Figures, Raised};
use ledger::date::Date;
use ledger::entry::{Body, Entry, PaymentRecorded, RefundWritten, Returned};
use raised::Until;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
struct Lot {
    amount: Amount,
    /// Taken out, positive; given back, negative.
    taken: Vec<Amount>,
    /// The entry that took from it last.
    last: Option<String>,
}

impl Lot {
    fn os(&self) -> Amount {
        self.amount - self.taken.iter().sum::<Amount>()
    }
}

#[derive(Debug)]
struct Payment {
    written: PaymentRecorded,
    left_over: Amount,
    /// The entry that reversed it.
    reversed: Option<String>,
    pending: Option<String>,
}

#[derive(Debug)]
struct Refund {
    written: RefundWritten,
    status: &'static str,
    /// The events on its order, to undo them.
    events: Vec<Event>,
    lots: Vec<(String, Amount)>,
    postings: Vec<(String, Amount)>,
    store_credit: Amount,
    /// The amount that left as money.
    out: Amount,
    /// The entry that approved, rejected, settled or reversed it.
    done: Option<String>,
    /// Whether it is to be canceled.
    cancel_asked: bool,
}

#[derive(Debug)]
struct Payout {
    amount: Amount,
    asked: Vec<(String, Amount)>,
    held: Vec<(String, Amount)>,
    status: &'static str,
    /// The entry that completed or rejected it, or reversed its completion.
    done: Option<String>,
    /// The entry that completed it, and the account that it was paid from.
    paid: Option<(String, String)>,
    /// The rounding of its completion.
    rounding: Amount,
}

#[derive(Debug)]
struct Note {
    order: String,
    marked: bool,
    /// The remaining amounts, by tax group.
    split: Vec<Amount>,
    released: Amount,
    /// The entry that reversed it.
    reversed: Option<String>,
}

#[derive(Debug, Default)]
pub struct Fold {
    customer: String,
    orders: BTreeMap<String, Order>,
    lots: BTreeMap<String, Lot>,
    payments: BTreeMap<String, Payment>,
    grants: BTreeMap<String, (ledger::entry::CreditGranted, Amount)>,
    notes: BTreeMap<String, Note>,
    refunds: BTreeMap<String, Refund>,
    payouts: BTreeMap<String, Payout>,
    disputes: BTreeMap<String, dispute::Dispute>,
    postings: Vec<(String, Amount)>,
    exceptions: Vec<(Raised, Until)>,
    resolved: Vec<(String, String)>,
    /// The reversed payments to partners, each with its first reversal.
    partner_reversals: BTreeMap<String, String>,
    seen: Vec<Entry>,
}

impl Fold {
    pub fn report(&self, figures: &mut Figures) {
        for (account, amount) in &self.postings {
            *figures.balances.entry(account.clone()).or_default() += amount;
        }
        for (id, order) in &self.orders {
            figures.owed.insert(id.clone(), order.owed());
            for (due, open) in order.due() {
                *figures.due.entry((self.customer.clone(), due.to_string())).or_default() += open;
            }
        }
        for (id, lot) in &self.lots {
            figures.lots.insert(id.clone(), (lot.amount, lot.os()));
        }
        for (id, payment) in &self.payments {
            let locked = payment.pending.is_some() || self.is_disputed(id);
            let each = self.orders.values().map(|order| order.kept_of(id).min(order.refundable()).max(0));
            figures.refundable.insert(id.clone(), if locked { 0 } else { each.sum() });
        }
        let refunds = self.refunds.iter().map(|(id, refund)| (id.clone(), refund.status));
        let payouts = self.payouts.iter().map(|(id, payout)| (id.clone(), payout.status));
        figures.statuses.extend(refunds.chain(payouts).map(|(id, status)| (id, status.to_owned())));
        figures.exceptions.extend(self.open());
    }

    /// This account's entry with an id.
    pub fn held(&self, id: &str) -> Option<&Entry> {
        self.seen.iter().find(|entry| entry.id.as_str() == id)
    }

    /// Folds one entry and returns the amount that it moved. A second document with the same id does not count.
    pub fn entry(&mut self, entry: &Entry) -> Amount {
        let before = self.postings.len();
        self.fold(entry);
        let mut sums = BTreeMap::<&str, Amount>::new();
        for (account, debit) in &self.postings[before..] {
            *sums.entry(account).or_default() += debit;
        }
        sums.values().filter(|sum| **sum > 0).sum()
    }

    fn fold(&mut self, entry: &Entry) {
        let id = entry.id.to_string();
        if let Some(first) = self.seen.iter().find(|first| first.id == entry.id) {
            if !same(first, entry) {
                self.raise("IdClash", &id, (Some(id.clone()), Some(id.clone()), 0), Until::Resolved);
            }
            return;
        }
        self.seen.push(entry.clone());
        self.customer = entry.customer.as_ref().map(ToString::to_string).unwrap_or_default();
        self.act(&id, entry);
        self.commission();
    }

    fn act(&mut self, id: &str, entry: &Entry) {
        match &entry.body {
            Body::OrderPlaced(placed) => self.order_placed(id, placed, placed.due.unwrap_or(entry.on)),
            Body::OrderPlanned(plan) => {
                let order = self.orders.get_mut(plan.order.as_str()).unwrap();
                order.plan = plan.instalments.iter().map(|part| (part.due, part.amount.0)).collect();
            }
            Body::PaymentRecorded(payment) => self.payment(id, payment),
            Body::CreditApplied(applied) => self.apply(id, applied),
            Body::CreditUnapplied(unapplied) => {
                self.unapply(unapplied.lot.as_str(), unapplied.order.as_str())
            }
            Body::CreditGranted(granted) => self.grant(id, granted),
            Body::OrderCredited(note) => self.note(id, note),
            Body::CreditReversed(reversed) => {
                self.reverse_credit(id, reversed.lot.as_str(), reversed.amount.0)
            }
            Body::CreditNoteReversed(reversed) => self.reverse_note(id, reversed.of.as_str()),
            Body::CreditTransferred(given) => self.give_away(id, given.lot.as_str(), given.amount.0),
            Body::CreditReceived(received) => {
                self.lots.entry(id.into()).or_default().amount += received.amount.0;
                self.post("2120", received.amount.0);
                self.post(self.credit(), -received.amount.0);
            }
            Body::RefundRecorded(written) => {
                self.new_refund(id, written, "recorded");
                self.refund(id, id, written, written.account.as_ref(), written.credit.0);
            }
            Body::RefundIssued(written) => {
                self.new_refund(id, written, "pending");
                self.issue(id, id, written, written.credit.0);
            }
            Body::RefundRequested(written) => self.new_refund(id, written, "requested"),
            Body::RefundApproved(approved) => self.approve(id, approved),
            Body::RefundRejected(rejected) => self.reject(id, rejected.refund.as_str()),
            Body::RefundWithdrawn(named) => self.withdraw(id, named.refund.as_str(), entry.actor.as_str()),
            Body::RefundSettled(settled) => self.settle(id, settled.refund.as_str(), settled.outcome),
            Body::RefundReversed(reversed) => self.reverse_refund(id, reversed.of.as_str()),
            Body::PayoutProcessed(payout) => self.payout(id, payout),
            Body::PayoutCompleted(done) => self.complete(id, done),
            Body::PayoutRejected(rejected) => self.reject_payout(id, rejected.payout.as_str()),
            Body::PayoutReversed(reversed) => self.reverse_payout(id, reversed.of.as_str()),
            Body::PaymentReversed(reversed) => self.reverse_payment(id, reversed.of.as_str()),
            Body::OrderWrittenOff(off) => self.write_off(id, off.order.as_str(), off.amount.0),
            Body::WriteOffReversed(off) => self.take_back_write_off(id, off.order.as_str(), off.amount.0),
            Body::CreditWrittenOff(off) => self.write_off_lot(id, off.lot.as_str(), off.amount.0),
            Body::ExceptionResolved(resolved) => {
                self.resolved.push((resolved.kind.clone(), resolved.entries[0].to_string()));
            }
            other => self.act_of_shop(id, other),
        }
    }

    /// Entries of the shop itself that post something.
    fn act_of_shop(&mut self, id: &str, body: &Body) {
        match body {
            Body::MoneyMoved(moved) => {
                let fee = moved.fee.map_or(0, |fee| fee.0);
                self.post(moved.to.to_string(), moved.amount.0);
                self.post("6200", fee);
                self.post(moved.from.to_string(), -moved.amount.0 - fee);
            }
            Body::FeeCharged(charged) => {
                self.post("6200", charged.amount.0);
                self.post(charged.account.to_string(), -charged.amount.0);
            }
            Body::MoneyOpened(opened) => {
                self.post(opened.account.to_string(), opened.amount.0);
                self.post("3000", -opened.amount.0);
            }
            Body::DrawerCounted(count) => {
                let short = count.expected.0 - count.counted.0;
                self.post("6300", short);
                self.post(count.account.to_string(), -short);
            }
            Body::PartnerPaid(paid) => {
                self.post(format!("2300:{}", paid.partner), paid.amount.0);
                self.post(paid.account.to_string(), -paid.amount.0);
            }
            Body::PartnerPaymentReversed(reversed) => {
                let of = reversed.of.to_string();
                if let Some(first) = self.partner_reversals.get(&of).cloned() {
                    return self.raise("CompletedTwice", id, (Some(first), Some(of), 0), Until::Resolved);
                }
                self.partner_reversals.insert(of, id.into());
                self.post(format!("2300:{}", reversed.partner), -reversed.amount.0);
                self.post(reversed.account.to_string(), reversed.amount.0);
            }
            other => self.disputed(id, other),
        }
    }

    fn post(&mut self, account: impl Into<String>, debit: Amount) {
        self.postings.push((account.into(), debit));
    }

    fn receivable(&self) -> String {
        format!("1100:{}", self.customer)
    }

    fn credit(&self) -> String {
        format!("2100:{}", self.customer)
    }

    fn os(&self, lot: &str) -> Amount {
        self.lots.get(lot).map_or(0, Lot::os)
    }

    fn take(&mut self, lot: &str, amount: Amount) {
        if amount != 0 {
            self.lots.entry(lot.into()).or_default().taken.push(amount);
        }
    }

    fn event(&mut self, order: &str, by: &str, what: What, amount: Amount) {
        if amount != 0 {
            let order = self.orders.get_mut(order).unwrap();
            order.events.push(Event { by: by.into(), what, amount });
        }
    }

    /// Lists what came back with a document; more than the line has is an exception.
    fn come_back(&mut self, by: &str, document: &str, order: &str, returned: &[Returned]) -> Vec<Back> {
        let found = self.orders.get_mut(order).unwrap();
        let back = found.values(document, returned);
        let last = |line| found.back.iter().rfind(|back| back.line == line).map(|back| back.by.clone());
        let others: Vec<Option<String>> = back.iter().map(|each| last(each.line)).collect();
        found.back.extend(back.clone());
        let beyond = |each: &Back| (found.back_of(each.line) - found.qty(each.line)).min(each.qty);
        let over: Vec<u32> = back.iter().filter(|each| beyond(each) > 0).map(|each| each.line).collect();
        let missing =
            back.iter().filter(|each| beyond(each) > 0).map(|each| found.part(each.line, beyond(each))).sum();
        let other = back.iter().zip(others).filter(|(each, _)| beyond(each) > 0).find_map(|(_, other)| other);
        if !over.is_empty() {
            let until = Until::LinesFit(order.into(), over);
            self.raise("OverReturned", by, (other, Some(order.into()), missing), until);
        }
        back
    }

    /// Dr 4010, Dr 2200; Cr 1100, group by group.
    fn leg(&mut self, order: &str, by: &str, split: Vec<Amount>, marked: bool) {
        let amount: Amount = split.iter().sum();
        let before = self.orders[order].clone();
        self.event(order, by, What::Leg { split: split.clone(), marked }, amount);
        let after = self.orders[order].clone();
        let mut net = amount;
        for group in 0..split.len() {
            let tax = after.tax_of(group, after.credited(group, false))
                - before.tax_of(group, before.credited(group, false));
            net -= tax;
            self.post(format!("2200:{}", after.placed.groups[group].rate), tax);
        }
        self.post("4010", net);
        self.post(self.receivable(), -amount);
    }

    fn commission(&mut self) {
        let gone: Vec<String> = self
            .payments
            .iter()
            .filter(|(_, payment)| payment.reversed.is_some() || !payment.written.eligible)
            .map(|(id, _)| id.clone())
            .collect();
        for order in self.orders.values_mut() {
            let now = order.commission(&|payment| gone.iter().any(|id| id == payment));
            for (n, partner) in order.placed.partners.iter().enumerate() {
                let (given, calculated) = (now[n].0 - order.posted[n].0, now[n].1 - order.posted[n].1);
                let (payable, accrued) = (format!("2300:{}", partner.id), format!("2310:{}", partner.id));
                if partner.basis == ledger::entry::Basis::OnPayment {
                    self.postings.push(("5100".into(), given));
                } else {
                    self.postings.push(("5100".into(), calculated));
                    self.postings.push((accrued, given - calculated));
                }
                self.postings.push((payable, -given));
            }
            order.posted = now;
        }
    }

    fn order_placed(&mut self, id: &str, placed: &ledger::entry::OrderPlaced, due: Date) {
        let posted = vec![(0, 0); placed.partners.len()];
        let (events, notes, refunds) = (Vec::new(), Vec::new(), Vec::new());
        let plan = vec![(due, 0)];
        let order = Order { placed: placed.clone(), plan, events, back: Vec::new(), notes, refunds, posted };
        let lines: Amount = placed.lines.iter().map(|line| line.gross.0).sum();
        assert_eq!(lines, order.gross(), "the lines of {id} add up to its groups");
        self.post(self.receivable(), order.gross());
        if placed.opening {
            self.post("3000", -order.gross());
        } else {
            self.post("4000", -order.net());
            for group in &placed.groups {
                self.post(format!("2200:{}", group.rate), -group.tax.0);
            }
        }
        self.orders.insert(id.into(), order);
    }

    fn payment(&mut self, id: &str, written: &PaymentRecorded) {
        let mut rest = written.amount.0;
        for part in &written.allocations {
            let order = part.order.as_str();
            let owed = self.orders[order].owed().max(0);
            let amount = part.amount.0.min(owed + self.orders[order].written_off());
            let recovered = (amount - owed).max(0);
            self.event(order, id, What::WrittenOff, -recovered);
            self.post(self.receivable(), recovered);
            self.post("6100", -recovered);
            let other = self.last_paid(order, id);
            if amount < part.amount.0 && self.orders[order].kept() > part.paid.0 && other.is_some() {
                let about = (other, Some(order.into()), part.amount.0 - amount);
                self.raise("PaidTwice", id, about, Until::LotSpent(id.into()));
            }
            self.event(order, id, What::Allocated { payment: id.into() }, amount);
            rest -= amount;
        }
        self.post(written.account.to_string(), written.amount.0 - written.rounding.0);
        self.post("6310", written.rounding.0);
        self.post(self.receivable(), rest - written.amount.0);
        self.post(self.credit(), -rest);
        if rest > 0 {
            self.lots.entry(id.into()).or_default().amount += rest;
        }
        let payment = Payment { written: written.clone(), left_over: rest, reversed: None, pending: None };
        self.payments.insert(id.into(), payment);
    }
}
