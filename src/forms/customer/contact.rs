//! A contact person as typed.

use super::email;
use crate::forms::{Errors, Field, limits, optional, phone, required};
use ledger::entry::Contact;
use serde::{Deserialize, Serialize};

/// The name of a contact person.
pub const CONTACT_NAME: &str = "contact-name";
/// What they do.
pub const CONTACT_ROLE: &str = "contact-role";
/// Their telephone number.
pub const CONTACT_PHONE: &str = "contact-phone";
/// Their e-mail address.
pub const CONTACT_EMAIL: &str = "contact-email";

/// A contact person as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ContactDraft {
    /// Identifies the fields of the person on the page.
    pub key: u32,
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
}

impl ContactDraft {
    /// Nothing is typed.
    #[must_use]
    pub fn blank(key: u32) -> Self {
        let (name, role, phone, email) = (String::new(), String::new(), String::new(), String::new());
        Self { key, name, role, phone, email }
    }

    /// The person as recorded.
    #[must_use]
    pub fn of(key: u32, contact: &Contact) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let Contact { name, role, phone, email } = contact;
        Self { key, name: name.clone(), role: text(role), phone: text(phone), email: text(email) }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.name, &self.role, &self.phone, &self.email].into_iter().all(|text| text.trim().is_empty())
    }

    pub(super) fn read(&self, errors: &mut Errors) -> Option<Contact> {
        let at = |name| Field::of(name, self.key);
        let name = errors.take(at(CONTACT_NAME), required(&self.name, limits::NAME));
        let role = errors.take(at(CONTACT_ROLE), optional(&self.role, limits::NAME));
        let phone = errors.take(at(CONTACT_PHONE), phone(&self.phone));
        let email = errors.take(at(CONTACT_EMAIL), email(&self.email));
        Some(Contact { name: name?, role: role?, phone: phone?, email: email? })
    }
}
