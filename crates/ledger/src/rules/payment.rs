//! Record a payment: money received and allocated to orders; the rest becomes a credit lot. A fact.

use crate::account::documents::Payment;
use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::account::raised::{OpenUntil, latest_payment};
use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::payment_recorded::{Allocation, PaymentRecorded};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, no_duplicates, non_blank, note};

pub use crate::method::Method;

/// The allocation of a part of a payment to an order.
#[derive(Debug, Clone, PartialEq)]
pub struct AllocationAsked {
    /// The order.
    pub order: Id,
    /// The typed amount in minor units; `None` allocates what is owed or what is left, whichever is less, and then what
    /// was written off.
    pub amount: Option<Money>,
}

/// A payment to record. The id of the command becomes the id of the payment and of its lot.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPayment {
    /// What counts for the customer, in minor units: what is received and the rounding.
    pub amount: Money,
    /// The payment method.
    pub method: Method,
    /// The bank account, if the method uses one; `None` means the first.
    pub bank: Option<String>,
    /// The allocations, in order; typed amounts are reserved first.
    pub allocations: Vec<AllocationAsked>,
    /// Whether the payment counts for commission (*Apply to Commissions*, Yes by default).
    pub eligible: bool,
    /// The cash that the customer handed over, before change.
    pub tendered: Option<Money>,
    /// A reference, such as the check number or the number of the terminal slip.
    pub reference: Option<String>,
    /// The internal note; required for `Other`.
    pub note: Option<String>,
    /// Cash rounding in minor units: what counts for the customer less what is received, below zero where more is.
    pub rounding: Money,
}

impl RecordPayment {
    /// What is received, in minor units.
    #[must_use]
    pub fn received(&self) -> Money {
        self.amount - self.rounding
    }

    /// Check: only cash is handed over with change to give back, and at least as much as is paid.
    fn check_tendered(&self) -> Result<(), Refusal> {
        if let Some(tendered) = self.tendered
            && (tendered < self.received() || self.method != Method::Cash)
        {
            return Err(Refusal::TenderedTooLittle { tendered, payment: self.received() });
        }
        Ok(())
    }
}

impl Case<'_> {
    /// Refusals in order: UnknownCustomer, UnknownOrder, NotThisCustomer, AmountNotPositive, NotesRequired,
    /// RoundingOutOfRange, TenderedTooLittle, dates, AllocationExceedsPayment, AllocationExceedsOwed.
    pub(crate) fn record_payment(&self, asked: &RecordPayment) -> Result<Body, Refusal> {
        self.customer()?;
        self.orders_here(asked.allocations.iter().map(|part| &part.order))?;
        self.positive(asked.received())?;
        let typed = || asked.allocations.iter().filter_map(|part| part.amount);
        typed().chain(asked.tendered).try_for_each(|amount| self.positive(amount))?;
        let note = note(asked.method, asked.note.as_ref())?;
        self.rounds(asked.method, asked.rounding, asked.received())?;
        self.within(asked.amount)?;
        asked.check_tendered()?;
        self.dated()?;
        no_duplicates(asked.allocations.iter().map(|part| (&part.order, false)))?;
        let allocated: Money = typed().sum();
        if allocated > asked.amount {
            return Err(Refusal::AllocationExceedsPayment { allocated, payment: asked.amount });
        }
        asked.allocations.iter().try_for_each(|part| self.not_more_than_collectable(part))?;
        Ok(Body::PaymentRecorded(PaymentRecorded {
            method: asked.method,
            account: self.paying_account(asked.method, asked.bank.as_deref())?,
            amount: asked.amount,
            tendered: asked.tendered,
            allocations: self.allocate(asked, asked.amount - allocated),
            eligible: asked.eligible,
            reference: non_blank(asked.reference.as_ref()),
            note,
            rounding: asked.rounding,
        }))
    }

    /// Checks: first that every order exists, then that every order belongs to this customer.
    pub(crate) fn orders_here<'a>(
        &self,
        orders: impl Iterator<Item = &'a Id> + Clone,
    ) -> Result<(), Refusal> {
        let is_order = |body: &Body| matches!(body, Body::OrderPlaced(_));
        let missing = || orders.clone().filter(|id| !self.has_order(id));
        if let Some(order) = missing().find(|id| self.of_other_customer(id, is_order).is_none()) {
            return Err(Refusal::UnknownOrder { order: order.clone() });
        }
        missing().find_map(|id| self.of_other_customer(id, is_order)).map_or(Ok(()), Err)
    }

    /// Whether the account has an order with this id.
    pub(crate) fn has_order(&self, id: &Id) -> bool {
        self.account().orders.get(id).is_some_and(|order| order.entry.is_some())
    }

    /// Check: a typed amount is at most what is owed and what was written off.
    fn not_more_than_collectable(&self, part: &AllocationAsked) -> Result<(), Refusal> {
        let owed = self.account().orders.get(&part.order).map_or(Money::ZERO, Order::collectable);
        if let Some(asked) = part.amount.filter(|asked| *asked > owed) {
            return Err(Refusal::AllocationExceedsOwed { order: part.order.clone(), asked, owed });
        }
        Ok(())
    }

    /// The allocations of a payment, of which `left` is not typed. Orders without a typed amount take what they owe, in
    /// sequence; what is left after all of them recovers what was written off of them, in sequence.
    fn allocate(&self, asked: &RecordPayment, mut left: Money) -> Vec<Allocation> {
        let mut take = |most: Money| {
            let amount = most.min(left);
            left -= amount;
            amount
        };
        let owed =
            |part: &AllocationAsked| part.amount.unwrap_or_else(|| take(self.account().owed_on(&part.order)));
        let mut amounts: Vec<Money> = asked.allocations.iter().map(owed).collect();
        for (part, amount) in asked.allocations.iter().zip(&mut amounts) {
            if part.amount.is_none() {
                *amount += take(self.account().written_off(&part.order));
            }
        }
        let allocated = asked.allocations.iter().zip(amounts).filter(|(_, amount)| amount.is_positive());
        let kept = |id: &Id| self.account().orders.get(id).map_or(Money::ZERO, |order| order.kept.or_zero());
        allocated
            .map(|(part, amount)| Allocation { order: part.order.clone(), amount, paid: kept(&part.order) })
            .collect()
    }
}

impl Fold<'_> {
    /// Dr money; Dr 6310 the rounding; Cr 1100 allocated; Cr 2100 the rest. What is allocated beyond what is owed recovers what was written
    /// off: Dr 1100, Cr 6100 first.
    pub(crate) fn record_payment(&mut self, paid: &PaymentRecorded) {
        let id = &self.entry.id;
        let mut left = paid.amount;
        let mut orders: Vec<Id> = Vec::with_capacity(paid.allocations.len());
        for part in &paid.allocations {
            let taken = self.allocate(part, left, paid);
            if taken.is_positive() {
                left -= taken;
                orders.push(part.order.clone());
            }
        }
        let payment =
            Payment { entry: self.entry.clone(), orders, left_over: left, pending: None, reversed: None };
        self.insert_payment(id, payment);
        self.give_credit(id, left, &paid.account);
        self.round(&paid.account, paid.rounding);
    }

    fn allocate(&mut self, part: &Allocation, left: Money, paid: &PaymentRecorded) -> Money {
        let id = &self.entry.id;
        let Some(order) = self.order(&part.order) else { return Money::ZERO };
        let wanted = part.amount.min(left);
        let taken = wanted.min(order.collectable());
        let recovered = (taken - order.owed()).or_zero();
        order.written_off -= recovered;
        let other = taken < wanted && order.kept > part.paid;
        let in_its_place = if other { latest_payment(&order.paid, id) } else { None };
        if taken.is_positive() {
            order.change_payment(id, |kept| {
                kept.allocated += taken;
                kept.kept += taken;
                kept.eligible = paid.eligible;
            });
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::WriteOffs), recovered);
            self.lines.transfer(&paid.account, &self.receivable, taken);
        }
        if in_its_place.is_some() {
            let until = OpenUntil::LotSpent(id.clone());
            self.raise(Kind::PaidTwice, in_its_place, Some(&part.order), wanted - taken, until);
        }
        taken
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &RecordPayment, body: &Body) -> bool {
    let Body::PaymentRecorded(recorded) = body else { return false };
    let mut typed =
        asked.allocations.iter().filter_map(|part| part.amount.map(|amount| (&part.order, amount)));
    let is_named = |order| asked.allocations.iter().any(|part| &part.order == order);
    let named = |bank: &str| asked.bank.as_deref().is_none_or(|asked| asked == bank);
    (asked.amount, asked.method, asked.eligible) == (recorded.amount, recorded.method, recorded.eligible)
        && asked.rounding == recorded.rounding
        && recorded.account.bank().is_none_or(named)
        && typed.all(|typed| recorded.allocations.iter().any(|part| (&part.order, part.amount) == typed))
        && recorded.allocations.iter().all(|part| is_named(&part.order))
        && asked.tendered == recorded.tendered
        && non_blank(asked.reference.as_ref()) == recorded.reference
        && non_blank(asked.note.as_ref()) == recorded.note
}

/// The input that would record the payment again. Allocations have no amounts, so each order takes what it owes at
/// that time.
impl From<&PaymentRecorded> for RecordPayment {
    fn from(paid: &PaymentRecorded) -> Self {
        let part = |order: &Id| AllocationAsked { order: order.clone(), amount: None };
        Self {
            amount: paid.amount,
            method: paid.method,
            bank: paid.account.bank().map(str::to_owned),
            allocations: paid.allocations.iter().map(|allocated| part(&allocated.order)).collect(),
            eligible: paid.eligible,
            tendered: paid.tendered,
            reference: paid.reference.clone(),
            note: paid.note.clone(),
            rounding: paid.rounding,
        }
    }
}

impl Asked for RecordPayment {
    fn names(&self) -> Vec<Id> {
        self.allocations.iter().map(|part| part.order.clone()).collect()
    }
}
