//! Decides on a payment: typed amounts first, then names take what is owed or what is left.

use super::{Allocation, AllocationAsked, PaymentRecorded, RecordPayment};
use crate::body::Body;
use crate::decide::{Case, note, once, written};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownCustomer, UnknownOrder, NotThisCustomer, AmountNotPositive, NotesRequired, dates,
    /// AllocationExceedsPayment, AllocationExceedsOwed.
    pub(crate) fn record_payment(&self, asked: &RecordPayment) -> Result<Body, Refusal> {
        self.customer()?;
        self.orders_here(asked.allocations.iter().map(|part| &part.order))?;
        self.positive(asked.amount)?;
        let typed = || asked.allocations.iter().filter_map(|part| part.amount);
        typed().chain(asked.tendered).try_for_each(|amount| self.positive(amount))?;
        let note = note(asked.method, asked.note.as_ref())?;
        self.dated()?;
        once(asked.allocations.iter().map(|part| (&part.order, false)))?;
        let allocated: Money = typed().sum();
        if allocated > asked.amount {
            return Err(Refusal::AllocationExceedsPayment { allocated, payment: asked.amount });
        }
        asked.allocations.iter().try_for_each(|part| self.not_more_than_owed(part))?;
        Ok(Body::PaymentRecorded(PaymentRecorded {
            method: asked.method,
            account: self.paying_account(asked.method, asked.bank.as_deref())?,
            amount: asked.amount,
            tendered: asked.tendered,
            allocations: self.allocate(asked, asked.amount - allocated),
            eligible: asked.eligible,
            reference: written(asked.reference.as_ref()),
            note,
        }))
    }

    /// Rungs: every order is known, and then: every one is this customer's.
    pub(crate) fn orders_here<'a>(
        &self,
        orders: impl Iterator<Item = &'a Id> + Clone,
    ) -> Result<(), Refusal> {
        let is_order = |body: &Body| matches!(body, Body::OrderPlaced(_));
        let missing = || orders.clone().filter(|id| !self.has_order(id));
        if let Some(order) = missing().find(|id| self.elsewhere(id, is_order).is_none()) {
            return Err(Refusal::UnknownOrder { order: order.clone() });
        }
        missing().find_map(|id| self.elsewhere(id, is_order)).map_or(Ok(()), Err)
    }

    /// Whether an order of that id stands in this account.
    pub(crate) fn has_order(&self, id: &Id) -> bool {
        self.account().orders.get(id).is_some_and(|order| order.entry.is_some())
    }

    fn not_more_than_owed(&self, part: &AllocationAsked) -> Result<(), Refusal> {
        let owed = self.account().owed_on(&part.order);
        match part.amount {
            Some(asked) if asked > owed => {
                Err(Refusal::AllocationExceedsOwed { order: part.order.clone(), asked, owed })
            }
            _ => Ok(()),
        }
    }

    fn allocate(&self, asked: &RecordPayment, mut left: Money) -> Vec<Allocation> {
        let mut allocations = Vec::with_capacity(asked.allocations.len());
        for part in &asked.allocations {
            let amount = part.amount.unwrap_or_else(|| {
                let amount = self.account().owed_on(&part.order).min(left);
                left -= amount;
                amount
            });
            if amount.is_positive() {
                allocations.push(Allocation { order: part.order.clone(), amount });
            }
        }
        allocations
    }
}
