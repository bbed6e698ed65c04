//! Decides a command against the book: the result is an entry to record, or a named refusal.

use crate::entry::record::Entry;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::command::Command;
use crate::rules::credit::transfer::giving_side;

pub use crate::rules::case::{Context, IdOwner};

/// The decision about a command that is not refused.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // Only one value exists at a time, almost always the large variant.
pub enum Decision {
    /// Record this entry.
    Record(Entry),
    /// Record these entries of two accounts in one press: the giver's, then that with the id of the command.
    RecordBoth(Box<[Entry; 2]>),
    /// An entry with the same id and the same content already exists: the command succeeds without writing anything.
    Already,
}

impl Decision {
    /// The entries to record, in order; none if the command was recorded before.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        match self {
            Self::Record(entry) => vec![entry],
            Self::RecordBoth(entries) => Vec::from(*entries),
            Self::Already => Vec::new(),
        }
    }
}

/// Checks rights and rules in the documented order of refusals; writes nothing.
///
/// # Errors
/// The first [`Refusal`] in the order of the act. [`Refusal::IdTaken`] comes first of all.
pub fn decide(cx: Context<'_>, command: &Command) -> Result<Decision, Refusal> {
    let case = Case::new(cx, &command.id, command.customer.as_ref(), command.on);
    if let Some(taken) = case.entry_with_id(&command.id) {
        let same = is_same(&case, command, &taken);
        return if same { Ok(Decision::Already) } else { Err(Refusal::IdTaken { id: command.id.clone() }) };
    }
    if let Some(id) = command.second_id().filter(|id| case.entry_with_id(id).is_some()) {
        return Err(Refusal::IdTaken { id });
    }
    if !cx.shop.admits(cx.actor) {
        return Err(Refusal::UnknownActor { actor: cx.actor.clone() });
    }
    let body = command.act.decide(&case)?;
    body.within_limits().map_err(Refusal::OverLimit)?;
    if let Some(account) = body.not_for_money() {
        return Err(Refusal::NotForMoney { account: account.clone() });
    }
    let entry = Entry {
        id: command.id.clone(),
        no: None,
        actor: cx.actor.clone(),
        on: case.on,
        customer: command.touches().cloned(),
        body,
    };
    Ok(match giving_side(&entry)? {
        Some(giving) => Decision::RecordBoth(Box::new([giving, entry])),
        None => Decision::Record(entry),
    })
}

/// Whether an existing entry with the id of the command has the same customer and the same content, whatever its date.
fn is_same(case: &Case<'_>, command: &Command, taken: &Entry) -> bool {
    command.touches() == taken.customer.as_ref() && command.act.is_same(case, &taken.body)
}
