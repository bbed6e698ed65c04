//! `customer.changed`: new values of some fields of a customer.

use crate::entry::contact::{Contact, MAX_CONTACTS};
use crate::entry::content::Content;
use crate::id::Id;
use crate::limits::{OverLimit, at_most};
use serde::{Deserialize, Serialize};

/// Changes the fields that it names; of several changes the last in order counts. An empty text removes the old one.
/// Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeCustomer {
    /// The customer.
    pub customer: Id,
    /// The name; a blank one changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the customer is a company rather than a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<bool>,
    /// The telephone number as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The internal note; never printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The postal address, on several lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The number under which the customer is registered for tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    /// The language of what is written to the customer, as a tag of BCP 47 such as `de`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The contact persons, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<Contact>>,
    /// Whether the customer wants no papers by mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_mail: Option<bool>,
}

/// The content of `customer.changed`, version 2: without the wish for no mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeCustomerV2 {
    customer: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Contact>>,
}

impl From<ChangeCustomerV2> for ChangeCustomer {
    fn from(old: ChangeCustomerV2) -> Self {
        let ChangeCustomerV2 { customer, name, company, phone, email, note, .. } = old;
        let ChangeCustomerV2 { address, tax_number, language, contacts, .. } = old;
        Self {
            name,
            company,
            phone,
            email,
            note,
            address,
            tax_number,
            language,
            contacts,
            ..Self::of(customer)
        }
    }
}

/// The content of `customer.changed`, version 1: without address, tax number, language and contact persons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeCustomerV1 {
    customer: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<ChangeCustomerV1> for ChangeCustomer {
    fn from(old: ChangeCustomerV1) -> Self {
        let ChangeCustomerV1 { customer, name, company, phone, email, note } = old;
        Self { name, company, phone, email, note, ..Self::of(customer) }
    }
}

impl ChangeCustomer {
    /// A change of a customer that names no field.
    #[must_use]
    pub const fn of(customer: Id) -> Self {
        Self {
            customer,
            name: None,
            company: None,
            phone: None,
            email: None,
            note: None,
            address: None,
            tax_number: None,
            language: None,
            contacts: None,
            no_mail: None,
        }
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let Self { name, phone, email, note, address, tax_number, language, contacts, .. } = self;
        let single = [name, phone, email, note, address, tax_number, language].into_iter().flatten();
        single.chain(contacts.iter().flatten().flat_map(Contact::texts))
    }
}

impl Content for ChangeCustomer {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.customer);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.texts().for_each(|text| visit(text));
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("contact persons", self.contacts.as_ref().map_or(0, Vec::len), MAX_CONTACTS)
    }
}
