//! `customer.changed`: new values of some fields of a customer.

use crate::entry::content::Content;
use crate::entry::customer_added::AddCustomer;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Changes the fields that it names; of several changes the last in order counts. An empty text removes the old one.
/// Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChangeCustomer {
    pub customer: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the customer is a company rather than a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The internal note; never printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl ChangeCustomer {
    /// Sets the fields that it names.
    pub(crate) fn apply(&self, customer: &mut AddCustomer) {
        if let Some(name) = self.name.as_ref().filter(|name| !name.trim().is_empty()) {
            customer.name.clone_from(name);
        }
        customer.company = self.company.unwrap_or(customer.company);
        set(&mut customer.phone, self.phone.as_ref());
        set(&mut customer.email, self.email.as_ref());
        set(&mut customer.note, self.note.as_ref());
    }
}

fn set(field: &mut Option<String>, named: Option<&String>) {
    if let Some(text) = named {
        *field = Some(text.clone()).filter(|text| !text.trim().is_empty());
    }
}

impl Content for ChangeCustomer {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.customer);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        let texts = [&self.name, &self.phone, &self.email, &self.note];
        texts.into_iter().flatten().for_each(|text| visit(text));
    }
}
