//! The gate: a command and the book as it stands give one entry, or a refusal with a name.

use crate::entry::record::Entry;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::command::Command;

pub use crate::rules::case::{Context, IdOwner};

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
    let case = Case::new(cx, &command.id, command.customer.as_ref(), command.on);
    if let Some(taken) = case.entry_with_id(&command.id) {
        let same = is_same(&case, command, &taken);
        return if same { Ok(Decision::Already) } else { Err(Refusal::IdTaken { id: command.id.clone() }) };
    }
    if !cx.shop.admits(cx.actor) {
        return Err(Refusal::UnknownActor { actor: cx.actor.clone() });
    }
    let body = command.act.decide(&case)?;
    body.within_limits().map_err(Refusal::OverLimit)?;
    if let Some(account) = body.not_for_money() {
        return Err(Refusal::NotForMoney { account: account.clone() });
    }
    Ok(Decision::Record(Entry {
        id: command.id.clone(),
        no: None,
        actor: cx.actor.clone(),
        on: case.on,
        customer: command.touches().cloned(),
        body,
    }))
}

/// Whether an entry with the command's id has the same customer, the date where one is asked for, and the content.
fn is_same(case: &Case<'_>, command: &Command, taken: &Entry) -> bool {
    command.on.is_none_or(|on| on == taken.on)
        && command.touches() == taken.customer.as_ref()
        && command.act.is_same(case, &taken.body)
}
