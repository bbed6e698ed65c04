//! *Add Staff*: a new admin or clerk, optionally with a PIN on this device.

use super::pin::{self, Pin};
use super::{Errors, Field, limits, required};
use ledger::entry::{AddStaff, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name.
pub const NAME: Field = Field::new("staff-name");
/// The PIN.
pub const PIN: Field = Field::new("staff-pin");

/// The form as typed. Its id is created when the form opens and becomes the staff member's id.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct StaffDraft {
    pub id: Id,
    pub name: String,
    pub admin: bool,
    /// Never stored with the draft.
    #[serde(skip)]
    pub pin: String,
}

/// Without the PIN.
impl fmt::Debug for StaffDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, admin, pin: _ } = self;
        write!(f, "StaffDraft({id:?}, {name:?}, admin {admin})")
    }
}

impl StaffDraft {
    /// Parses the form: the command, and separately the PIN, which the command does not contain.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn read(&self) -> Result<(Command, Option<Pin>), Errors> {
        let mut errors = Errors::default();
        let name = errors.take(NAME, required(&self.name, limits::NAME));
        let pin = errors.take(PIN, pin::optional(&self.pin));
        let role = if self.admin { Role::Admin } else { Role::Clerk };
        let (name, pin) = errors.or(name.zip(pin))?;
        let act = Act::AddStaff(AddStaff { name, role, pin: None });
        Ok((Command { id: self.id.clone(), customer: None, on: None, act }, pin))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::forms::Problem;

    #[test]
    fn the_pin_is_not_part_of_the_command() {
        let id = Id::new("bob").unwrap();
        let draft = StaffDraft { id: id.clone(), name: " Bob ".into(), admin: false, pin: "1234".into() };
        let (command, pin) = draft.read().unwrap();
        let asked = AddStaff { name: "Bob".into(), role: Role::Clerk, pin: None };
        assert_eq!((command.id, command.act, pin), (id, Act::AddStaff(asked), Some(Pin::from("1234"))));
        assert!(!format!("{draft:?}").contains("1234"));
        let errors = StaffDraft { name: String::new(), pin: "12".into(), ..draft }.read().unwrap_err();
        assert_eq!(errors.of(&NAME), Some(&Problem::Missing));
        assert_eq!(errors.of(&PIN), Some(&Problem::NotAPin { fewest: 4, most: 8 }));
    }
}
