//! `customer.added`: a person or a company. The entry's id is the customer's.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// A new customer. Asked and written alike; it touches the account it opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCustomer {
    /// As it is to be greeted.
    pub name: String,
    /// True for a company, false for a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub company: bool,
    /// Telephone number as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Internal note; never printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// True for the account that holds one counter's sales without a customer on one day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub walk_in: bool,
}

impl Content for AddCustomer {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
        [&self.phone, &self.email, &self.note].into_iter().flatten().for_each(|text| visit(text));
    }
}
