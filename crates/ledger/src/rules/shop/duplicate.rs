//! Mark a customer as a duplicate of another, or as none. A claim.

use crate::entry::customer_duplicated::MarkDuplicate;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusals in order: UnknownCustomer, NotPermitted, SameCustomer (the other is a duplicate of this one).
    pub(crate) fn mark_duplicate(&self, asked: &MarkDuplicate) -> Result<Body, Refusal> {
        for customer in [&asked.customer, &asked.of] {
            if !self.is_customer(customer) {
                return Err(Refusal::UnknownCustomer { customer: customer.clone() });
            }
        }
        self.permitted(EntryKind::CustomerDuplicated, Money::ZERO)?;
        if self.cx.shop.closes_ring(asked) {
            return Err(Refusal::SameCustomer { customer: asked.of.clone() });
        }
        Ok(Body::CustomerDuplicated(asked.clone()))
    }
}

impl Shop {
    /// Marks a duplicate, or removes the mark. A mark that closes a ring is ignored.
    pub(crate) fn mark_duplicate(&mut self, marked: &MarkDuplicate) {
        if marked.customer == marked.of {
            self.duplicates.remove(&marked.customer);
        } else if !self.closes_ring(marked) {
            self.duplicates.insert(marked.customer.clone(), marked.of.clone());
        }
    }

    /// Whether the customer to keep is, through others, a duplicate of this one. A customer that names itself is none.
    fn closes_ring(&self, marked: &MarkDuplicate) -> bool {
        let mut kept = &marked.of;
        while let Some(of) = self.duplicates.get(kept).filter(|_| *kept != marked.customer) {
            kept = of;
        }
        *kept == marked.customer && marked.of != marked.customer
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &MarkDuplicate, body: &Body) -> bool {
    matches!(body, Body::CustomerDuplicated(written) if written == asked)
}

impl Asked for MarkDuplicate {
    fn names(&self) -> Vec<Id> {
        vec![self.customer.clone(), self.of.clone()]
    }
}
