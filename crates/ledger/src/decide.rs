//! The gate: a command and the book as it stands give one entry, or a refusal with a name.

use crate::account::Account;
use crate::command::Command;
use crate::date::Date;
use crate::entry::Entry;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::shop::Shop;

/// What an id elsewhere in the book belongs to.
#[derive(Debug, Clone)]
pub struct Known {
    /// The entry that took the id.
    pub entry: Entry,
}

/// All that a decision may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Currency, staff, partners, banks, the sealed day, and the shop-wide figures an act may need.
    pub shop: &'a Shop,
    /// The account of the command's customer; an empty one where there is none.
    pub account: &'a Account,
    /// What ids outside this account are. Asked only for ids that [`Command::names`] lists.
    pub known: &'a dyn Fn(&Id) -> Option<Known>,
    /// Who acts.
    pub actor: &'a Id,
    /// The letter of the counter that records, which names its drawer.
    pub counter: &'a str,
    /// The shop's today.
    pub today: Date,
}

/// What a command comes to.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // One at a time, and nearly always the large one.
pub enum Decision {
    /// This entry is to be recorded.
    Record(Entry),
    /// The same id with the same content stands in the book: a success that writes nothing.
    Already,
}

/// Checks rights and rules in the documented order; writes nothing.
///
/// # Errors
/// The first [`Refusal`] on the act's ladder.
pub fn decide(cx: Context<'_>, command: &Command) -> Result<Decision, Refusal> {
    let _ = (cx, command);
    todo!("the acts")
}
