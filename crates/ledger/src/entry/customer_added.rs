//! `customer.added`: a person or a company. The id of the entry is the id of the customer.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// The content of `customer.added`; it opens the account that it belongs to. Input and recorded content are the same
/// type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCustomer {
    /// The name.
    pub name: String,
    /// Whether the customer is a company rather than a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub company: bool,
    /// The telephone number as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The internal note; never printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether this is a walk-in account: the sales without a customer of one counter on one day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub walk_in: bool,
}

impl Content for AddCustomer {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
        [&self.phone, &self.email, &self.note].into_iter().flatten().for_each(|text| visit(text));
    }
}
