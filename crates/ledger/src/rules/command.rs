//! A command: an act with the id that was created when its form opened.

use crate::date::Date;
use crate::id::Id;
use crate::rules::Act;
use crate::rules::credit::transfer::giving_id;

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
    /// The customers whose accounts the entries of the command change: a transfer changes two.
    pub fn customers(&self) -> impl Iterator<Item = &Id> {
        let receiver = if let Act::TransferCredit(asked) = &self.act { Some(&asked.to) } else { None };
        self.customer.iter().chain(receiver)
    }

    /// The customer of the entry with the id of the command: a new customer itself, the receiver of a transfer, `None`
    /// for acts of the shop.
    pub(crate) fn touches(&self) -> Option<&Id> {
        if let Act::AddCustomer(_) = self.act {
            return Some(&self.id);
        }
        if let Act::TransferCredit(asked) = &self.act {
            return Some(&asked.to);
        }
        if self.act.is_of_shop() { None } else { self.customer.as_ref() }
    }

    /// The id of the other entry of a transfer, which follows from that of the command.
    pub(crate) fn second_id(&self) -> Option<Id> {
        if let Act::TransferCredit(_) = self.act { giving_id(&self.id) } else { None }
    }

    /// The ids that [`crate::decide::decide`] may look up outside the account.
    #[must_use]
    pub fn names(&self) -> Vec<Id> {
        let mut names = vec![self.id.clone()];
        names.extend(self.customer.clone());
        names.extend(self.second_id());
        names.extend(self.act.names());
        names
    }
}
