//! *Add Staff*: who works here, as admin or clerk, perhaps with a PIN on this device.

use super::{Errors, Field, limits, pin, required};
use ledger::entry::{AddStaff, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};

/// The name.
pub const NAME: Field = Field::new("staff-name");
/// The PIN.
pub const PIN: Field = Field::new("staff-pin");

/// The form as typed. The id was minted when it opened and becomes the member's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct StaffDraft {
    pub id: Id,
    pub name: String,
    pub admin: bool,
    pub pin: String,
}

impl StaffDraft {
    /// Reads the form: the act, and the PIN, which is no part of it.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn read(&self) -> Result<(Command, Option<String>), Errors> {
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
    fn the_pin_stays_out_of_the_act() {
        let id = Id::new("bob").unwrap();
        let draft = StaffDraft { id: id.clone(), name: " Bob ".into(), admin: false, pin: "1234".into() };
        let (command, pin) = draft.read().unwrap();
        let asked = AddStaff { name: "Bob".into(), role: Role::Clerk, pin: None };
        assert_eq!((command.id, command.act, pin.as_deref()), (id, Act::AddStaff(asked), Some("1234")));
        let errors = StaffDraft { name: String::new(), pin: "12".into(), ..draft }.read().unwrap_err();
        assert_eq!(errors.of(&NAME), Some(&Problem::Missing));
        assert_eq!(errors.of(&PIN), Some(&Problem::NotAPin { fewest: 4, most: 8 }));
    }
}
