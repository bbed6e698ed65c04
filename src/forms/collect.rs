//! *Collect automatically* as typed: the notice, and whether the customer agrees.

use super::{Errors, Field, Problem};
use ledger::entry::MAX_NOTICE;
use ledger::id::Id;
use ledger::rules::{Act, CollectTo, Command, SetCollection};

/// The days of the notice.
pub const NOTICE: Field = Field::new("collect-notice");
/// The tick that the customer agrees.
pub const AGREES: Field = Field::new("collect-agrees");

/// The days of the notice as the form opens.
const DAYS: &str = "3";

/// The dialog as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectDraft {
    /// Created when the dialog opens.
    pub id: Id,
    /// The order.
    pub order: Id,
    /// The days of the notice.
    pub notice: String,
    /// Whether the customer agrees.
    pub agrees: bool,
}

impl CollectDraft {
    /// The dialog as it opens.
    #[must_use]
    pub fn new(id: Id, order: Id) -> Self {
        Self { id, order, notice: DAYS.to_owned(), agrees: false }
    }

    /// The command.
    ///
    /// # Errors
    /// One error for each invalid field: a notice that is not a number of days, and an agreement that is missing.
    pub fn command(&self, customer: &Id) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let days = self.notice.trim().parse().ok().filter(|days| *days <= MAX_NOTICE);
        let notice = errors.take(NOTICE, days.ok_or(Problem::NotANotice { most: MAX_NOTICE }));
        errors.take(AGREES, if self.agrees { Ok(()) } else { Err(Problem::Missing) });
        let notice = errors.or(notice)?;
        Ok(set(self.id.clone(), customer, &self.order, CollectTo::On { notice }))
    }
}

/// The command that switches collecting off. Its id follows from what switched it on, so that two presses do so once. `None` for an id
/// that is too long.
#[must_use]
pub fn switch_off(customer: &Id, order: &Id, collection: &Id) -> Option<Command> {
    let id = Id::new(&format!("{collection}-off")).ok()?;
    Some(set(id, customer, order, CollectTo::Off))
}

fn set(id: Id, customer: &Id, order: &Id, to: CollectTo) -> Command {
    let act = Act::SetCollection(SetCollection { order: order.clone(), to });
    Command { id, customer: Some(customer.clone()), on: None, act }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    #[test]
    fn the_customer_has_to_agree_and_the_notice_is_a_number_of_days() {
        let mut draft = CollectDraft::new(id("L-1"), id("O-1"));
        draft.notice = "31".into();
        let errors = draft.command(&id("mira")).unwrap_err();
        assert_eq!(errors.of(&NOTICE), Some(&Problem::NotANotice { most: 30 }));
        assert_eq!(errors.of(&AGREES), Some(&Problem::Missing));
        for bad in ["", "x", "-1", "2.5"] {
            draft.notice = bad.into();
            assert!(draft.command(&id("mira")).unwrap_err().of(&NOTICE).is_some(), "{bad}");
        }
        (draft.notice, draft.agrees) = (" 0 ".into(), true);
        let command = draft.command(&id("mira")).unwrap();
        let to = CollectTo::On { notice: 0 };
        assert_eq!(command.act, Act::SetCollection(SetCollection { order: id("O-1"), to }));
        assert_eq!(CollectDraft::new(id("L-1"), id("O-1")).notice, "3");
    }
}
