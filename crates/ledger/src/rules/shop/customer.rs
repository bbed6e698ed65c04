//! Add a customer: a person or a company; or change some of their fields. Adding is a fact, changing a claim.

use crate::account::customer::Customer;
use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::customer_added::AddCustomer;
use crate::entry::customer_changed::ChangeCustomer;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

impl Case<'_> {
    /// Never refused: every member of staff may add a customer.
    pub(crate) fn add_customer(&self, asked: &AddCustomer) -> Result<Body, Refusal> {
        Ok(Body::CustomerAdded(asked.clone()))
    }

    /// Refusal: UnknownCustomer.
    pub(crate) fn change_customer(&self, asked: &ChangeCustomer) -> Result<Body, Refusal> {
        let here = self.account().customer.as_ref().is_some_and(|customer| customer.id == asked.customer);
        if here {
            Ok(Body::CustomerChanged(asked.clone()))
        } else {
            Err(Refusal::UnknownCustomer { customer: asked.customer.clone() })
        }
    }
}

impl Fold<'_> {
    /// Posts nothing.
    pub(crate) fn add_customer(&mut self, added: &AddCustomer) {
        let id = self.entry.id.clone();
        self.account.customer = Some(Customer::new(id, added.clone(), self.entry.on));
    }

    /// Posts nothing.
    pub(crate) fn change_customer(&mut self, changed: &ChangeCustomer) {
        if let Some(customer) = &mut self.account.customer {
            customer.change(changed);
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddCustomer, body: &Body) -> bool {
    matches!(body, Body::CustomerAdded(written) if written == asked)
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_change(_: &Case<'_>, asked: &ChangeCustomer, body: &Body) -> bool {
    matches!(body, Body::CustomerChanged(written) if written == asked)
}

impl Asked for ChangeCustomer {
    fn documents(&self) -> Vec<Id> {
        vec![self.customer.clone()]
    }
}
