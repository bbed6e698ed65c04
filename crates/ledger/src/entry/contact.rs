//! A contact person of a customer.

use serde::{Deserialize, Serialize};

/// The most contact persons of one customer.
pub const MAX_CONTACTS: usize = 20;

/// A contact person of a company. The texts are as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// What they do there, such as `accounts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Contact {
    /// Everything that was typed.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain([&self.role, &self.phone, &self.email].into_iter().flatten())
    }
}
