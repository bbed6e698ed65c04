//! The fold of one entry: the account that it changes, the postings it makes, and what it touched.

use crate::account::check::check_order;
use crate::account::commission;
use crate::account::documents::Payment;
use crate::account::identity::Identity;
use crate::account::leg::{post_split, steered};
use crate::account::lot::Lot;
use crate::account::order::Order;
use crate::account::raised::{OpenUntil, RaisedException};
use crate::account::returned_line::ReturnedLine;
use crate::account::state::Account;
use crate::code::{BookAccount, Code};
use crate::entry::order_planned::Instalment;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::posting::{DocumentChanges, Lines, Touched};
use std::sync::Arc;

/// The context in which the rules fold one entry. All changes to an account go through its methods, so that sums,
/// postings and identities stay consistent.
pub struct Fold<'a> {
    pub account: &'a mut Account,
    pub entry: &'a Arc<Entry>,
    pub lines: Lines,
    /// The receivable account (1100) of the customer.
    pub receivable: BookAccount,
    /// The customer credit account (2100) of the customer.
    pub credit: BookAccount,
    /// The touched orders by index, with what they owed before.
    orders: Touched,
    /// The touched lots by index, with what was outstanding before.
    lots: Touched,
    /// The change of the amounts that are pending or awaiting.
    pub(super) in_transit: Money,
    /// The change of the rounding of the documents that stand.
    pub(super) rounding: Money,
    /// The credit received from other customers, less the credit given to them.
    between: Money,
}

impl<'a> Fold<'a> {
    /// Prepares the fold of one entry.
    pub fn new(account: &'a mut Account, entry: &'a Arc<Entry>) -> Self {
        let no_customer = BookAccount::of(Code::Receivable);
        let kept = |code| {
            entry.customer.as_ref().map_or_else(|| no_customer.clone(), |id| BookAccount::of_id(code, id))
        };
        let (receivable, credit) = (kept(Code::Receivable), kept(Code::CustomerCredit));
        Self {
            account,
            entry,
            lines: Lines::default(),
            receivable,
            credit,
            orders: Touched::new(),
            lots: Touched::new(),
            in_transit: Money::ZERO,
            rounding: Money::ZERO,
            between: Money::ZERO,
        }
    }

    /// Posts commission, updates the sums, checks the identities, and returns the postings.
    pub fn finish(mut self) -> Lines {
        self.derive_commission();
        self.settle_orders();
        self.settle_lots();
        self.settle_transit();
        self.settle_rounding();
        self.settle_between();
        let order = |place| Some(self.account.orders.get_index(place)?.0.clone());
        self.lines.owed = named(&self.orders, order);
        let lot = |place| Some(self.account.lots.get_index(place)?.0.clone());
        self.lines.outstanding = named(&self.lots, lot);
        self.lines
    }

    /// Inserts a new order.
    pub fn insert_order(&mut self, id: &Id, order: Order) {
        let place = self.account.orders.insert(id.clone(), order);
        self.orders.push((place, Money::ZERO));
    }

    /// The mutable order with this id.
    pub fn order(&mut self, id: &Id) -> Option<&mut Order> {
        let (place, order) = self.account.orders.get_full_mut(id)?;
        if !self.orders.iter().any(|(touched, _)| *touched == place) {
            self.orders.push((place, order.owed()));
        }
        Some(order)
    }

    /// The order that a fact names. If it is not in the account, a placeholder is inserted until the order arrives.
    pub fn order_or_missing(&mut self, id: &Id) -> &mut Order {
        if !self.account.orders.contains_key(id) {
            self.insert_order(id, Order::missing(self.entry.on));
        }
        self.order(id);
        self.account.orders.or_insert_with(id, || Order::missing(self.entry.on)).1
    }

    /// The mutable lot with this id; an empty lot is inserted if there is none.
    pub fn lot(&mut self, id: &Id) -> &mut Lot {
        let (place, lot) = self.account.lots.or_insert_with(id, Lot::default);
        if !self.lots.iter().any(|(touched, _)| *touched == place) {
            self.lots.push((place, lot.os()));
        }
        lot
    }

    /// Inserts a new payment.
    pub fn insert_payment(&mut self, id: &Id, payment: Payment) {
        self.rounding += payment.rounded();
        self.account.payments.insert(id.clone(), payment);
    }

    /// Changes a payment, if the account has it.
    pub fn change_payment(&mut self, id: &Id, change: impl FnOnce(&mut Payment)) {
        if let Some(payment) = self.account.payments.get_mut(id) {
            let before = payment.rounded();
            change(payment);
            self.rounding += payment.rounded() - before;
        }
    }

    /// Posts a credit leg on an order, spread over its tax groups as the returned lines say; returns the split by group.
    pub fn credit_leg(
        &mut self,
        order: &Id,
        amount: Money,
        marked: bool,
        returned: &[ReturnedLine],
    ) -> Vec<Money> {
        let Some(found) = self.order(order) else { return Vec::new() };
        let rooms: Vec<_> = found.groups.iter().map(crate::account::group::Group::room).collect();
        let split = steered(amount, &rooms, &found.values_by_group(returned));
        self.post_leg(order, &split, marked);
        split
    }

    /// Undoes a credit leg, or a part of it: posts the split with the opposite sign.
    pub fn undo_leg(&mut self, order: &Id, split: &[Money], marked: bool) {
        let undone: Vec<_> = split.iter().map(|part| -*part).collect();
        self.post_leg(order, &undone, marked);
    }

    fn post_leg(&mut self, order: &Id, split: &[Money], marked: bool) {
        self.order(order);
        let Some(order) = self.account.orders.get_mut(order) else { return };
        post_split(&mut order.groups, split, marked, &self.receivable, &mut self.lines);
        order.credited += split.iter().copied().sum();
    }

    /// Moves what would push the amount owed below zero into a lot with the id of the document that caused it.
    /// Returns the amount.
    pub fn release(&mut self, order: &Id, document: &Id) -> Money {
        let Some(found) = self.order(order) else { return Money::ZERO };
        let excess = (-found.owed()).or_zero();
        found.released += excess;
        let from = self.receivable.clone();
        self.give_credit(document, excess, &from);
        excess
    }

    /// Adds credit to a lot, against a book account.
    pub fn give_credit(&mut self, lot: &Id, amount: Money, against: &BookAccount) {
        if amount.is_positive() {
            self.lot(lot).amount += amount;
            self.lines.transfer(against, &self.credit, amount);
        }
    }

    /// Takes credit of another customer into a lot. Dr 2120, Cr 2100.
    pub fn receive_credit(&mut self, lot: &Id, amount: Money) {
        self.between += amount;
        self.give_credit(lot, amount, &BookAccount::of(Code::CreditTransit));
    }

    /// Gives credit of a lot to another customer, even if the lot has too little. Dr 2100, Cr 2120.
    pub fn give_away(&mut self, lot: &Id, amount: Money) {
        self.between -= amount;
        self.lot(lot).transferred += amount;
        self.lines.transfer(&self.credit, &BookAccount::of(Code::CreditTransit), amount);
    }

    /// Makes what an order owes due by a new plan.
    pub fn plan(&mut self, id: &Id, plan: Vec<Instalment>) {
        let Some(order) = self.account.orders.get_mut(id) else { return };
        let owed = order.owed().or_zero();
        let before = order.dues(owed);
        order.plan = plan;
        order.planned = Some(self.entry.id.clone());
        // The customer has agreed to the plan before.
        order.collecting = None;
        self.account.collecting.remove(id);
        let after = order.dues(owed);
        before.into_iter().for_each(|(due, open)| self.account.count_open(due, open, Money::ZERO));
        after.into_iter().for_each(|(due, open)| self.account.count_open(due, Money::ZERO, open));
    }

    /// Raises an exception for this entry.
    pub fn raise(
        &mut self,
        kind: Kind,
        other: Option<Id>,
        about: Option<&Id>,
        missing: Money,
        until: OpenUntil,
    ) {
        let entry = self.entry.id.clone();
        self.account.raised.push(RaisedException {
            kind,
            entry,
            other,
            about: about.cloned(),
            missing,
            until,
        });
    }

    /// Raises `CreditOverspent` if a claim found too little in a lot; the exception names the entry that took from
    /// the lot last.
    pub fn raise_overspent(&mut self, lot: &Id, about: &Id, missing: Money) {
        if missing.is_positive() {
            let last = self.account.lots.get(lot).and_then(|lot| lot.last.clone());
            self.raise(Kind::CreditOverspent, last, Some(about), missing, OpenUntil::Resolved);
        }
    }

    /// Raises `CreditOverspent` if a fact took the lot below zero.
    pub fn raise_if_below_zero(&mut self, lot: &Id) {
        let Some(found) = self.account.lots.get(lot) else { return };
        let (missing, last) = (-found.os(), found.last.clone());
        if missing.is_positive() {
            self.raise(Kind::CreditOverspent, last, Some(lot), missing, OpenUntil::LotMadeGood(lot.clone()));
        }
    }

    fn derive_commission(&mut self) {
        for (place, _) in &self.orders {
            if let Some(order) = self.account.orders.get_index_mut(*place) {
                commission::post(order, &mut self.lines);
            }
        }
    }

    /// Updates the order sums and checks that Σ owed and 1100 change by the same amount, that no order owes less than
    /// zero, and that no group is credited for more than its gross.
    fn settle_orders(&mut self) {
        let mut change = Money::ZERO;
        for (place, moved) in &mut self.orders {
            let Some((id, order)) = self.account.orders.get_index(*place) else { continue };
            let after = order.owed();
            if let Err(broken) = check_order(id, order) {
                self.account.broken.get_or_insert(broken);
            }
            let before = std::mem::replace(moved, after - *moved);
            change += *moved;
            let dues = (order.dues(before.or_zero()), order.dues(after.or_zero()));
            for ((due, before), (_, after)) in dues.0.into_iter().zip(dues.1) {
                self.account.count_open(due, before, after);
            }
        }
        let posted = self.lines.net(&self.receivable);
        if posted != change {
            self.account.broken.get_or_insert(Identity::Receivable { posted, owed: change });
        }
        self.account.owed += change;
        self.account.receivable += posted;
    }

    /// Updates the lot sums and checks that Σ O/S and 2100 change by the same amount.
    fn settle_lots(&mut self) {
        let mut change = Money::ZERO;
        for (place, moved) in &mut self.lots {
            let Some((_, lot)) = self.account.lots.get_index(*place) else { continue };
            let after = lot.os();
            let before = std::mem::replace(moved, after - *moved);
            change += *moved;
            self.account.credit += after.or_zero() - before.or_zero();
            self.account.to_repay += (-after).or_zero() - (-before).or_zero();
        }
        let posted = -self.lines.net(&self.credit);
        if posted != change {
            self.account.broken.get_or_insert(Identity::Credit { posted, outstanding: change });
        }
        self.account.payable += posted;
    }

    /// Checks that 2120 changes by what the customer received from others, less what they gave.
    fn settle_between(&mut self) {
        let (posted, transferred) = (self.lines.net_of(Code::CreditTransit), self.between);
        if posted != transferred {
            self.account.broken.get_or_insert(Identity::Between { posted, transferred });
        }
        self.account.between += posted;
    }
}

/// The touched documents with their ids.
fn named(touched: &Touched, id: impl Fn(usize) -> Option<Id>) -> DocumentChanges {
    touched.iter().filter_map(|(place, amount)| Some((id(*place)?, *amount))).collect()
}

impl Account {
    fn count_open(&mut self, due: crate::date::Date, before: Money, after: Money) {
        if before == after {
            return;
        }
        let (orders, owed) = self.open.entry(due).or_default();
        *orders += u32::from(after.is_positive());
        *orders -= u32::from(before.is_positive());
        *owed += after - before;
        if *orders == 0 {
            self.open.remove(&due);
        }
    }
}
