//! A command: an act with the id that was minted when its form opened.

use crate::date::Date;
use crate::id::Id;
use crate::rules::Act;

/// One act as asked for. Submitting a form twice sends the same `id`, and the second time writes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The id of the document (or of the act, where it continues one).
    pub id: Id,
    /// The customer whose account it touches; `None` for acts of the shop.
    pub customer: Option<Id>,
    /// The business date; `None` means today, or the next day when today is sealed.
    pub on: Option<Date>,
    /// What is asked.
    pub act: Act,
}

impl Command {
    /// The customer whose account the entry belongs to: a new customer's own, none for acts of the shop.
    pub(crate) fn touches(&self) -> Option<&Id> {
        if let Act::AddCustomer(_) = self.act {
            return Some(&self.id);
        }
        if self.act.is_of_shop() { None } else { self.customer.as_ref() }
    }

    /// The ids whose entries [`crate::decide::decide`] may look up outside the account.
    #[must_use]
    pub fn names(&self) -> Vec<Id> {
        let mut names = vec![self.id.clone()];
        names.extend(self.customer.clone());
        names.extend(self.act.names());
        names
    }
}
