//! The customer of an account, as the changes of the account leave them.

use crate::date::Date;
use crate::entry::card_saved::SavedCard;
use crate::entry::contact::Contact;
use crate::entry::customer_added::AddCustomer;
use crate::entry::customer_changed::ChangeCustomer;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// What is known of a customer besides name, telephone number, e-mail address and note. An empty text was never given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetails {
    /// The postal address, on several lines.
    pub address: String,
    /// The number under which the customer is registered for tax.
    pub tax_number: String,
    /// The language of what is written to the customer, as a tag of BCP 47 such as `de`.
    pub language: String,
    /// The contact persons.
    pub contacts: Vec<Contact>,
    /// Whether the customer wants no papers by mail.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_mail: bool,
}

/// The customer that the account belongs to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Customer {
    pub(crate) id: Id,
    pub(crate) added: AddCustomer,
    #[serde(skip_serializing_if = "CustomerDetails::is_empty")]
    pub(crate) details: CustomerDetails,
    pub(crate) since: Date,
    /// The payment method that is saved at the card processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) card: Option<SavedCard>,
}

impl CustomerDetails {
    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Customer {
    /// A customer as they were added.
    pub(crate) fn new(id: Id, added: AddCustomer, since: Date) -> Self {
        Self { id, added, details: CustomerDetails::default(), since, card: None }
    }

    /// Sets the fields that a change names.
    pub(crate) fn change(&mut self, changed: &ChangeCustomer) {
        let ChangeCustomer { name, company, phone, email, note, address, tax_number, language, .. } = changed;
        if let Some(name) = name.as_ref().filter(|name| !name.trim().is_empty()) {
            self.added.name.clone_from(name);
        }
        self.added.company = company.unwrap_or(self.added.company);
        let added = &mut self.added;
        for (field, named) in [(&mut added.phone, phone), (&mut added.email, email), (&mut added.note, note)]
        {
            if let Some(text) = named {
                *field = Some(text.clone()).filter(|text| !text.trim().is_empty());
            }
        }
        let details = &mut self.details;
        for (field, named) in [
            (&mut details.address, address),
            (&mut details.tax_number, tax_number),
            (&mut details.language, language),
        ] {
            if let Some(text) = named {
                text.trim().clone_into(field);
            }
        }
        if let Some(contacts) = &changed.contacts {
            details.contacts.clone_from(contacts);
        }
        details.no_mail = changed.no_mail.unwrap_or(details.no_mail);
    }
}
