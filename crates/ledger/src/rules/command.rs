//! A command: an act with the id that was created when its form opened.

use crate::date::Date;
use crate::id::Id;
use crate::rules::Act;

/// A request to record an act. Submitting a form twice sends the same `id`, and the second time nothing is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The id of the document, or of the act if it continues a document.
    pub id: Id,
    /// The customer whose account it touches; `None` for acts of the shop.
    pub customer: Option<Id>,
    /// The business date; `None` means today, or the next day if today is sealed.
    pub on: Option<Date>,
    /// The act.
    pub act: Act,
}

impl Command {
    /// The customer of the entry: a new customer itself, `None` for acts of the shop.
    pub(crate) fn touches(&self) -> Option<&Id> {
        if let Act::AddCustomer(_) = self.act {
            return Some(&self.id);
        }
        if self.act.is_of_shop() { None } else { self.customer.as_ref() }
    }

    /// The ids that [`crate::decide::decide`] may look up outside the account.
    #[must_use]
    pub fn names(&self) -> Vec<Id> {
        let mut names = vec![self.id.clone()];
        names.extend(self.customer.clone());
        names.extend(self.act.names());
        names
    }
}
