//! Add a customer: a person or a company. A fact.

use crate::account::fold::Fold;
use crate::account::state::Customer;
use crate::entry::Body;
use crate::entry::customer_added::AddCustomer;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Never refused: every member of staff may add a customer.
    pub(crate) fn add_customer(&self, asked: &AddCustomer) -> Result<Body, Refusal> {
        Ok(Body::CustomerAdded(asked.clone()))
    }
}

impl Fold<'_> {
    /// Posts nothing.
    pub(crate) fn add_customer(&mut self, added: &AddCustomer) {
        let id = self.entry.id.clone();
        self.account.customer = Some(Customer { id, added: added.clone(), since: self.entry.on });
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddCustomer, body: &Body) -> bool {
    matches!(body, Body::CustomerAdded(written) if written == asked)
}
