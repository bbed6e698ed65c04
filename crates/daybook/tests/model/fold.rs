//! One account of the model: entries in, lists out.

use super::order::{Event, Order, What};
use super::{Amount, Figures, round};
use ledger::act::payment::{Method, PaymentRecorded};
use ledger::act::refund::{After, Outcome, Part, RefundWritten};
use ledger::body::Body;
use ledger::code::BookAccount;
use ledger::entry::Entry;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
struct Lot {
    amount: Amount,
    /// Taken out, positive; given back, negative.
    taken: Vec<Amount>,
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
    reversed: bool,
    pending: Option<String>,
}

#[derive(Debug)]
struct Refund {
    written: RefundWritten,
    status: &'static str,
    /// What it did to its order, to lots and to the book, for its undoing.
    events: Vec<Event>,
    lots: Vec<(String, Amount)>,
    postings: Vec<(String, Amount)>,
    store_credit: Amount,
    /// What left as money.
    out: Amount,
    over: bool,
}

#[derive(Debug)]
struct Payout {
    amount: Amount,
    asked: Vec<(String, Amount)>,
    held: Vec<(String, Amount)>,
    status: &'static str,
}

#[derive(Debug)]
struct Note {
    order: String,
    marked: bool,
    /// What still stands, by group.
    split: Vec<Amount>,
    released: Amount,
    reversed: bool,
}

/// For how long an exception is open.
#[derive(Debug)]
enum Until {
    Resolved,
    LotAboveZero(String),
    LotSpent(String),
    RefundUndone(String),
}

#[derive(Debug, Default)]
pub struct Fold {
    customer: String,
    orders: BTreeMap<String, Order>,
    lots: BTreeMap<String, Lot>,
    payments: BTreeMap<String, Payment>,
    grants: BTreeMap<String, (ledger::act::credit::CreditGranted, Amount)>,
    notes: BTreeMap<String, Note>,
    refunds: BTreeMap<String, Refund>,
    payouts: BTreeMap<String, Payout>,
    postings: Vec<(String, Amount)>,
    exceptions: Vec<(&'static str, String, Until)>,
    resolved: Vec<(String, String)>,
    seen: Vec<Entry>,
}

impl Fold {
    pub fn report(&self, figures: &mut Figures) {
        for (account, amount) in &self.postings {
            *figures.balances.entry(account.clone()).or_default() += amount;
        }
        for (id, order) in &self.orders {
            figures.owed.insert(id.clone(), order.owed());
        }
        for (id, lot) in &self.lots {
            figures.lots.insert(id.clone(), (lot.amount, lot.os()));
        }
        for (id, payment) in &self.payments {
            let locked = payment.pending.is_some();
            let each = self.orders.values().map(|order| order.kept_of(id).min(order.refundable()).max(0));
            figures.refundable.insert(id.clone(), if locked { 0 } else { each.sum() });
        }
        let refunds = self.refunds.iter().map(|(id, refund)| (id.clone(), refund.status));
        let payouts = self.payouts.iter().map(|(id, payout)| (id.clone(), payout.status));
        figures.statuses.extend(refunds.chain(payouts).map(|(id, status)| (id, status.to_owned())));
        for (kind, entry, until) in &self.exceptions {
            let open = match until {
                Until::Resolved => true,
                Until::LotAboveZero(lot) => self.os(lot) < 0,
                Until::LotSpent(lot) => self.os(lot) > 0,
                Until::RefundUndone(refund) => !matches!(
                    self.refunds.get(refund).map(|refund| refund.status),
                    Some("reversed" | "failed" | "canceled" | "rejected")
                ),
            };
            let resolved = self.resolved.contains(&((*kind).to_owned(), entry.clone()));
            if open && !resolved {
                figures.exceptions.insert(((*kind).to_owned(), entry.clone()));
            }
        }
    }

    /// The entry came too late for a seal.
    pub fn late(&mut self, id: &str) {
        self.raise("LateIntoSealedDay", id, Until::Resolved);
    }

    /// Folds one entry and says whether it moved anything. A second document with an id that is taken does not
    /// count.
    pub fn entry(&mut self, entry: &Entry) -> bool {
        let before = self.postings.len();
        self.fold(entry);
        let mut sums = BTreeMap::<&str, Amount>::new();
        for (account, debit) in &self.postings[before..] {
            *sums.entry(account).or_default() += debit;
        }
        sums.values().any(|sum| *sum != 0)
    }

    fn fold(&mut self, entry: &Entry) {
        let id = entry.id.to_string();
        if let Some(first) = self.seen.iter().find(|first| first.id == entry.id) {
            if (&first.body, first.on, &first.customer) != (&entry.body, entry.on, &entry.customer) {
                self.raise("IdClash", &id, Until::Resolved);
            }
            return;
        }
        self.seen.push(entry.clone());
        self.customer = entry.customer.as_ref().map(ToString::to_string).unwrap_or_default();
        self.act(&id, &entry.body);
        self.commission();
    }

    fn act(&mut self, id: &str, body: &Body) {
        match body {
            Body::OrderPlaced(placed) => self.order_placed(id, placed),
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
            Body::RefundSettled(settled) => self.settle(id, settled.refund.as_str(), settled.outcome),
            Body::RefundReversed(reversed) => self.reverse_refund(id, reversed.of.as_str()),
            Body::PayoutProcessed(payout) => self.payout(id, payout),
            Body::PayoutCompleted(done) => self.complete(id, done.payout.as_str(), &done.account),
            Body::PayoutRejected(rejected) => self.reject_payout(id, rejected.payout.as_str()),
            Body::PaymentReversed(reversed) => self.reverse_payment(id, reversed.of.as_str()),
            Body::OrderWrittenOff(off) => self.write_off(id, off.order.as_str(), off.amount.0),
            Body::WriteOffReversed(off) => self.take_back_write_off(id, off.order.as_str(), off.amount.0),
            Body::CreditWrittenOff(off) => self.write_off_lot(id, off.lot.as_str(), off.amount.0),
            Body::ExceptionResolved(resolved) => {
                self.resolved.push((resolved.kind.clone(), resolved.entries[0].to_string()));
            }
            Body::MoneyMoved(moved) => {
                let fee = moved.fee.map_or(0, |fee| fee.0);
                self.post(moved.to.to_string(), moved.amount.0);
                self.post("6200", fee);
                self.post(moved.from.to_string(), -moved.amount.0 - fee);
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
            _ => {}
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
        self.lots.entry(lot.into()).or_default().taken.push(amount);
    }

    fn raise(&mut self, kind: &'static str, entry: &str, until: Until) {
        self.exceptions.push((kind, entry.into(), until));
    }

    fn event(&mut self, order: &str, by: &str, what: What, amount: Amount) {
        if amount != 0 {
            let order = self.orders.get_mut(order).unwrap();
            order.events.push(Event { by: by.into(), what, amount });
        }
    }

    /// Whatever owed is below zero becomes a lot named after the document.
    fn release(&mut self, order: &str, document: &str, marked: bool) -> Amount {
        let excess = (-self.orders[order].owed()).max(0);
        if excess > 0 {
            self.event(order, document, What::Released { marked }, excess);
            self.lots.entry(document.into()).or_default().amount += excess;
            self.post(self.receivable(), excess);
            self.post(self.credit(), -excess);
        }
        excess
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
            .filter(|(_, payment)| payment.reversed || !payment.written.eligible)
            .map(|(id, _)| id.clone())
            .collect();
        for order in self.orders.values_mut() {
            let now = order.commission(&|payment| gone.iter().any(|id| id == payment));
            for (n, partner) in order.placed.partners.iter().enumerate() {
                let (given, calculated) = (now[n].0 - order.posted[n].0, now[n].1 - order.posted[n].1);
                let (payable, accrued) = (format!("2300:{}", partner.id), format!("2310:{}", partner.id));
                if partner.basis == ledger::act::shop::Basis::OnPayment {
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

    fn order_placed(&mut self, id: &str, placed: &ledger::act::order::OrderPlaced) {
        let posted = vec![(0, 0); placed.partners.len()];
        let order = Order { placed: placed.clone(), events: Vec::new(), posted };
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
            let amount = part.amount.0.min(self.orders[order].owed().max(0));
            let kept_elsewhere = self.payments.keys().any(|other| self.orders[order].kept_of(other) > 0);
            if amount < part.amount.0 && kept_elsewhere {
                self.raise("PaidTwice", id, Until::LotSpent(id.into()));
            }
            self.event(order, id, What::Allocated { payment: id.into() }, amount);
            rest -= amount;
        }
        self.post(written.account.to_string(), written.amount.0);
        self.post(self.receivable(), rest - written.amount.0);
        self.post(self.credit(), -rest);
        if rest > 0 {
            self.lots.entry(id.into()).or_default().amount += rest;
        }
        let payment = Payment { written: written.clone(), left_over: rest, reversed: false, pending: None };
        self.payments.insert(id.into(), payment);
    }

    fn apply(&mut self, id: &str, applied: &ledger::act::credit::CreditApplied) {
        let (lot, to) = (applied.lot.as_str(), applied.order.as_str());
        let is_order = self.orders.contains_key(to);
        let room = if is_order { self.orders[to].owed() } else { (-self.os(to)).max(0) };
        let wanted = applied.amount.0.min(room);
        let amount = wanted.min(self.os(lot).max(0));
        if amount < wanted {
            self.raise("CreditOverspent", id, Until::Resolved);
        }
        self.take(lot, amount);
        self.post(self.credit(), amount);
        if is_order {
            let what = What::Applied { lot: lot.into(), eligible: applied.eligible };
            self.event(to, id, what, amount);
            self.post(self.receivable(), -amount);
        } else {
            self.take(to, -amount);
            self.post(self.credit(), -amount);
        }
    }

    fn unapply(&mut self, lot: &str, order: &str) {
        for eligible in [true, false] {
            let still = self.orders[order].applied_of(lot, eligible);
            self.event(order, lot, What::Unapplied { lot: lot.into(), eligible }, still);
            self.take(lot, -still);
            self.post(self.receivable(), still);
            self.post(self.credit(), -still);
        }
    }

    fn grant(&mut self, id: &str, granted: &ledger::act::credit::CreditGranted) {
        let amount = granted.amount.0;
        let tax = granted.rate.map_or(0, |rate| inside(amount, rate.0));
        match granted.rate {
            Some(rate) => {
                self.post("4010", amount - tax);
                self.post(format!("2200:{rate}"), tax);
            }
            None => self.post(if granted.opening { "3000" } else { "5200" }, amount),
        }
        self.post(self.credit(), -amount);
        self.lots.entry(id.into()).or_default().amount += amount;
        self.grants.insert(id.into(), (granted.clone(), 0));
    }

    fn note(&mut self, id: &str, note: &ledger::act::credit::OrderCredited) {
        let order = note.order.as_str();
        let amount = note.amount.0.min(self.orders[order].left());
        if amount < note.amount.0 {
            self.raise("OverCredited", id, Until::Resolved);
        }
        let split = self.orders[order].spread(amount);
        self.leg(order, id, split.clone(), note.clawback);
        let released = self.release(order, id, note.clawback);
        let note = Note { order: order.into(), marked: note.clawback, split, released, reversed: false };
        self.notes.insert(id.into(), note);
    }

    fn reverse_credit(&mut self, id: &str, lot: &str, asked: Amount) {
        let amount = asked.min(self.os(lot).max(0));
        if amount < asked {
            self.raise("CreditOverspent", id, Until::Resolved);
        }
        self.take(lot, amount);
        self.post(self.credit(), amount);
        if let Some((granted, reversed)) = self.grants.get(lot).cloned() {
            let total = granted.amount.0;
            let to_date = |reversed: Amount| {
                let tax = granted.rate.map_or(0, |rate| inside(total, rate.0));
                round(i128::from(tax) * i128::from(reversed), i128::from(total))
            };
            let tax = to_date(reversed + amount) - to_date(reversed);
            match granted.rate {
                Some(rate) => {
                    self.post("4010", tax - amount);
                    self.post(format!("2200:{rate}"), -tax);
                }
                None => self.post(if granted.opening { "3000" } else { "5200" }, -amount),
            }
            self.grants.get_mut(lot).unwrap().1 += amount;
        } else if self.notes.contains_key(lot) {
            self.post(self.receivable(), -amount);
            self.shrink_note(lot, amount, amount);
        }
    }

    /// Takes part of a note back: K falls by `leg`, what it released by `released`.
    fn shrink_note(&mut self, note: &str, leg: Amount, released: Amount) {
        let (order, marked, split) = {
            let note = &self.notes[note];
            (note.order.clone(), note.marked, in_proportion(leg, &note.split))
        };
        self.event(&order, note, What::Released { marked }, -released);
        self.leg(&order, note, split.iter().map(|part| -part).collect(), marked);
        let found = self.notes.get_mut(note).unwrap();
        found.released -= released;
        for (standing, part) in found.split.iter_mut().zip(split) {
            *standing -= part;
        }
    }

    fn reverse_note(&mut self, id: &str, note: &str) {
        if self.notes[note].reversed {
            return self.raise("CompletedTwice", id, Until::Resolved);
        }
        let released = self.notes[note].released;
        let there = released.min(self.os(note).max(0));
        if there < released {
            self.raise("CreditOverspent", id, Until::Resolved);
        }
        let standing: Amount = self.notes[note].split.iter().sum();
        self.take(note, there);
        self.post(self.credit(), there);
        self.post(self.receivable(), -there);
        self.shrink_note(note, standing - (released - there), there);
        self.notes.get_mut(note).unwrap().reversed = true;
        let order = self.notes[note].order.clone();
        self.release(&order, id, false);
    }

    fn new_refund(&mut self, id: &str, written: &RefundWritten, status: &'static str) {
        let refund = Refund {
            written: written.clone(),
            status,
            events: Vec::new(),
            lots: Vec::new(),
            postings: Vec::new(),
            store_credit: 0,
            out: 0,
            over: false,
        };
        self.refunds.insert(id.into(), refund);
    }

    fn pending_on(&self, parts: &[Part]) -> bool {
        let payments = parts.iter().filter(|part| !part.credit);
        payments.filter_map(|part| self.payments.get(part.from.as_str())).any(|found| found.pending.is_some())
    }

    fn refundable_part(&self, order: &str, part: &Part) -> Amount {
        let (order, from) = (&self.orders[order], part.from.as_str());
        let most = if part.credit {
            order.applied_of(from, true) + order.applied_of(from, false)
        } else {
            order.kept_of(from)
        };
        most.min(order.refundable()).max(0)
    }

    /// All or nothing.
    fn issue(&mut self, by: &str, id: &str, written: &RefundWritten, credit: Amount) {
        let order = written.order.as_str();
        let all: Amount = written.parts.iter().map(|part| part.amount.0).sum();
        let short = written.parts.iter().any(|part| part.amount.0 > self.refundable_part(order, part));
        let kind = if self.pending_on(&written.parts) {
            Some("RefundDuringPending")
        } else if short || all > self.orders[order].refundable() {
            Some("OverRefunded")
        } else {
            None
        };
        if let Some(kind) = kind {
            self.refunds.get_mut(id).unwrap().status = "canceled";
            return self.raise(kind, by, Until::Resolved);
        }
        let transit = BookAccount::of(ledger::code::Code::RefundsPayable);
        self.refund(by, id, written, Some(&transit), credit);
        for part in written.parts.iter().filter(|part| !part.credit) {
            self.payments.get_mut(part.from.as_str()).unwrap().pending = Some(id.into());
        }
        self.refunds.get_mut(id).unwrap().status = "pending";
    }

    fn refund(
        &mut self,
        by: &str,
        id: &str,
        written: &RefundWritten,
        account: Option<&BookAccount>,
        credit: Amount,
    ) {
        let order = written.order.as_str();
        let (first_event, first_posting) = (self.orders[order].events.len(), self.postings.len());
        if self.pending_on(&written.parts) {
            let pending =
                written.parts.iter().find_map(|part| self.payments.get(part.from.as_str())?.pending.clone());
            self.raise("RefundDuringPending", by, Until::RefundUndone(pending.unwrap()));
        }
        let before = self.orders[order].owed();
        let out = account.map_or_else(|| self.credit(), ToString::to_string);
        let marked = written.clawback.refund;
        let (mut fell, mut paid, mut over) = (0, 0, false);
        let mut lots = Vec::new();
        for part in &written.parts {
            let from = part.from.to_string();
            let refundable = self.refundable_part(order, part).min(part.amount.0);
            if part.credit {
                let eligible = refundable.min(self.orders[order].applied_of(&from, true));
                for (eligible, amount) in [(true, eligible), (false, refundable - eligible)] {
                    self.event(order, id, What::GivenBack { lot: from.clone(), eligible, marked }, amount);
                }
                self.take(&from, -refundable);
                lots.push((from.clone(), -refundable));
                self.post(self.receivable(), refundable);
                self.post(self.credit(), -refundable);
                fell += refundable;
                over |= refundable < part.amount.0;
            } else {
                let from_lot = (part.amount.0 - refundable).min(self.os(&from).max(0));
                let falls = part.amount.0 - from_lot;
                self.event(order, id, What::Refunded { payment: from.clone(), marked }, falls);
                if from_lot > 0 {
                    self.take(&from, from_lot);
                    lots.push((from, from_lot));
                }
                self.post(self.receivable(), falls);
                self.post(self.credit(), from_lot);
                self.post(out.clone(), -part.amount.0);
                fell += falls;
                paid += part.amount.0;
                over |= falls > refundable;
            }
        }
        let wanted = match written.after {
            After::Stays => fell,
            After::Reopens => 0,
            After::Amount(target) => (before + fell - target.0).max(0),
        };
        let wanted = credit.min(wanted);
        let amount = wanted.min(self.orders[order].left()).max(0);
        if over {
            self.raise("OverRefunded", by, Until::RefundUndone(id.into()));
        } else if amount < wanted {
            self.raise("OverCredited", by, Until::Resolved);
        }
        let split = self.orders[order].spread(amount);
        self.leg(order, id, split, written.clawback.credit);
        let store_credit = if written.method == Method::Credit { paid } else { 0 };
        if store_credit > 0 {
            self.lots.entry(id.into()).or_default().amount += store_credit;
        }
        let refund = self.refunds.get_mut(id).unwrap();
        refund.events = self.orders[order].events[first_event..].to_vec();
        refund.postings = self.postings[first_posting..].to_vec();
        refund.lots = lots;
        refund.store_credit = store_credit;
        refund.out = paid;
        refund.over = over;
    }

    fn approve(&mut self, by: &str, approved: &ledger::act::refund::RefundApproved) {
        let id = approved.request.as_str();
        let written = self.refunds[id].written.clone();
        match self.refunds[id].status {
            "requested" => {}
            "rejected" => self.raise("RejectedYetPaid", by, Until::Resolved),
            _ => return self.raise("CompletedTwice", by, Until::Resolved),
        }
        self.refunds.get_mut(id).unwrap().status = "recorded";
        if written.method == Method::Online {
            self.issue(by, id, &written, approved.credit.0);
        } else {
            self.refund(by, id, &written, approved.account.as_ref(), approved.credit.0);
        }
    }

    fn reject(&mut self, by: &str, id: &str) {
        match self.refunds[id].status {
            "requested" => self.refunds.get_mut(id).unwrap().status = "rejected",
            "rejected" => {}
            _ => self.raise("RejectedYetPaid", by, Until::Resolved),
        }
    }

    fn settle(&mut self, by: &str, id: &str, outcome: Outcome) {
        let out = self.refunds[id].out;
        let status = self.refunds[id].status;
        match (status, outcome) {
            ("pending", Outcome::Succeeded) => {
                self.post("2110", out);
                self.post("1020", -out);
                self.set(id, "succeeded");
            }
            ("pending", Outcome::Failed) => self.undo(by, id, "failed"),
            ("pending", Outcome::Canceled) => self.undo(by, id, "canceled"),
            ("succeeded", Outcome::Failed) => {
                self.post("1020", out);
                self.post("2110", -out);
                self.undo(by, id, "failed");
            }
            _ => {}
        }
    }

    fn set(&mut self, id: &str, status: &'static str) {
        self.refunds.get_mut(id).unwrap().status = status;
        for payment in self.payments.values_mut() {
            if payment.pending.as_deref() == Some(id) {
                payment.pending = None;
            }
        }
    }

    /// The mirror of every leg.
    fn undo(&mut self, by: &str, id: &str, status: &'static str) {
        self.set(id, status);
        let (order, events, lots) = {
            let refund = &self.refunds[id];
            (refund.written.order.to_string(), refund.events.clone(), refund.lots.clone())
        };
        let tax_before: Vec<Amount> = self.taxes(&order);
        let mut cut = 0;
        for event in events {
            let (what, amount) = match event.what {
                What::Leg { split, marked } => {
                    (What::Leg { split: split.iter().map(|part| -part).collect(), marked }, event.amount)
                }
                // Credit that went back to its lot is applied again as far as it is still there.
                What::GivenBack { ref lot, .. } => {
                    let there = event.amount.min(self.os(lot).max(0));
                    self.take(lot, there);
                    cut += event.amount - there;
                    (event.what.clone(), there)
                }
                other => (other, event.amount),
            };
            self.event(&order, id, what, -amount);
        }
        self.post(self.receivable(), cut);
        self.post(self.credit(), -cut);
        if cut > 0 {
            self.raise("CreditOverspent", by, Until::Resolved);
        }
        for (lot, taken) in lots.into_iter().filter(|(_, taken)| *taken > 0) {
            self.take(&lot, -taken);
        }
        let store_credit = self.refunds[id].store_credit;
        if store_credit > 0 {
            self.take(id, store_credit);
        }
        // Everything but the split between tax and net mirrors to the minor unit; those follow what stands.
        let postings = self.refunds[id].postings.clone();
        let is_leg = |account: &str| account == "4010" || account.starts_with("2200");
        let mut net = 0;
        for (account, debit) in postings {
            if is_leg(&account) {
                net -= debit;
            } else {
                self.post(account, -debit);
            }
        }
        for (group, (before, after)) in tax_before.into_iter().zip(self.taxes(&order)).enumerate() {
            let rate = self.orders[&order].placed.groups[group].rate;
            self.post(format!("2200:{rate}"), after - before);
            net -= after - before;
        }
        self.post("4010", net);
        self.release(&order, id, false);
    }

    fn taxes(&self, order: &str) -> Vec<Amount> {
        let order = &self.orders[order];
        (0..order.placed.groups.len())
            .map(|group| order.tax_of(group, order.credited(group, false)))
            .collect()
    }

    fn reverse_refund(&mut self, by: &str, id: &str) {
        if self.refunds[id].status != "recorded" {
            return self.raise("CompletedTwice", by, Until::Resolved);
        }
        self.undo(by, id, "reversed");
        if self.os(id) < 0 {
            self.raise("CreditOverspent", by, Until::LotAboveZero(id.into()));
        }
    }

    fn payout(&mut self, id: &str, payout: &ledger::act::payout::PayoutProcessed) {
        let mut held = Vec::new();
        for part in &payout.from {
            let lot = part.lot.to_string();
            let amount = part.amount.0.min(self.os(&lot).max(0));
            if amount < part.amount.0 {
                self.raise("CreditOverspent", id, Until::Resolved);
            }
            self.hold(&lot, amount);
            held.push((lot, amount));
        }
        let asked = payout.from.iter().map(|part| (part.lot.to_string(), part.amount.0)).collect();
        let payout = Payout { amount: payout.amount.0, asked, held, status: "awaiting" };
        self.payouts.insert(id.into(), payout);
    }

    fn hold(&mut self, lot: &str, amount: Amount) {
        self.take(lot, amount);
        self.post(self.credit(), amount);
        self.post("2110", -amount);
    }

    fn complete(&mut self, by: &str, id: &str, account: &BookAccount) {
        match self.payouts[id].status {
            "awaiting" => {}
            "rejected" => self.raise("RejectedYetPaid", by, Until::Resolved),
            _ => return self.raise("CompletedTwice", by, Until::Resolved),
        }
        let pairs: Vec<_> =
            self.payouts[id].asked.clone().into_iter().zip(self.payouts[id].held.clone()).collect();
        for ((lot, asked), (_, held)) in pairs {
            self.hold(&lot, asked - held);
            if asked > held && self.os(&lot) < 0 {
                self.raise("CreditOverspent", by, Until::LotAboveZero(lot));
            }
        }
        let amount = self.payouts[id].amount;
        self.post("2110", amount);
        self.post(account.to_string(), -amount);
        self.payouts.get_mut(id).unwrap().status = "complete";
    }

    fn reject_payout(&mut self, by: &str, id: &str) {
        match self.payouts[id].status {
            "awaiting" => {
                for (lot, held) in self.payouts[id].held.clone() {
                    self.hold(&lot, -held);
                }
                let payout = self.payouts.get_mut(id).unwrap();
                payout.status = "rejected";
                payout.held.iter_mut().for_each(|(_, held)| *held = 0);
            }
            "rejected" => {}
            _ => self.raise("RejectedYetPaid", by, Until::Resolved),
        }
    }

    fn reverse_payment(&mut self, by: &str, id: &str) {
        if self.payments[id].reversed {
            return self.raise("CompletedTwice", by, Until::Resolved);
        }
        let (written, left_over) = (self.payments[id].written.clone(), self.payments[id].left_over);
        self.payments.get_mut(id).unwrap().reversed = true;
        let orders: Vec<String> = self.orders.keys().cloned().collect();
        for order in orders {
            let what = What::Allocated { payment: id.into() };
            let allocated = self.orders[&order].sum(|event| *event == what);
            self.event(&order, by, what, -allocated);
            self.post(self.receivable(), allocated);
        }
        self.post(self.credit(), left_over);
        self.post(written.account.to_string(), -written.amount.0);
        if left_over > 0 {
            self.take(id, left_over);
        }
        if self.os(id) < 0 {
            self.raise("CreditOverspent", by, Until::LotAboveZero(id.into()));
        }
    }

    fn write_off(&mut self, id: &str, order: &str, asked: Amount) {
        if !self.orders.contains_key(order) {
            return;
        }
        let amount = asked.min(self.orders[order].owed());
        if amount < asked {
            self.raise("OverCredited", id, Until::Resolved);
        }
        self.event(order, id, What::WrittenOff, amount);
        self.post("6100", amount);
        self.post(self.receivable(), -amount);
    }

    fn take_back_write_off(&mut self, id: &str, order: &str, asked: Amount) {
        let amount = asked.min(self.orders[order].sum(|what| *what == What::WrittenOff));
        if amount < asked {
            self.raise("OverCredited", id, Until::Resolved);
        }
        self.event(order, id, What::WrittenOff, -amount);
        self.post("6100", -amount);
        self.post(self.receivable(), amount);
    }

    fn write_off_lot(&mut self, id: &str, lot: &str, asked: Amount) {
        let amount = asked.min(self.os(lot).max(0));
        if amount < asked {
            self.raise("CreditOverspent", id, Until::Resolved);
        }
        self.take(lot, amount);
        self.post(self.credit(), amount);
        self.post("6100", -amount);
    }
}

/// round(A·r/(1+r)), the rate in ten-thousandths of a percent.
fn inside(amount: Amount, rate: u32) -> Amount {
    round(i128::from(amount) * i128::from(rate), 1_000_000 + i128::from(rate))
}

/// A part of a leg, spread like the leg: rounded down, what is left over in sequence.
fn in_proportion(amount: Amount, split: &[Amount]) -> Vec<Amount> {
    let all: i128 = split.iter().map(|part| i128::from(*part)).sum();
    let share = |part: &Amount| i64::try_from(i128::from(amount) * i128::from(*part) / all.max(1)).unwrap();
    let mut parts: Vec<Amount> = split.iter().map(share).collect();
    let mut over = amount - parts.iter().sum::<Amount>();
    while over > 0 {
        for (part, most) in parts.iter_mut().zip(split) {
            if over > 0 && *part < *most {
                *part += 1;
                over -= 1;
            }
        }
    }
    parts
}
