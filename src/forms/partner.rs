//! *Add Partner*: a partner who refers customers or makes sales, and the commission.

use super::{Errors, Field, limits, rate, required};
use ledger::entry::{AddPartner, Basis};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use serde::{Deserialize, Serialize};

/// The name.
pub const NAME: Field = Field::new("partner-name");
/// Commission in percent.
pub const COMMISSION: Field = Field::new("commission");

/// The form as typed. Its id is created when the form opens and becomes the partner's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PartnerDraft {
    pub id: Id,
    pub name: String,
    pub commission: String,
    pub up_front: bool,
}

impl PartnerDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let name = errors.take(NAME, required(&self.name, limits::NAME));
        let rate = errors.take(COMMISSION, rate(&self.commission));
        let basis = if self.up_front { Basis::UpFront } else { Basis::OnPayment };
        let whole = name.zip(rate).map(|(name, rate)| AddPartner { name, rate, basis });
        let act = Act::AddPartner(errors.or(whole)?);
        Ok(Command { id: self.id.clone(), customer: None, on: None, act })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::forms::Problem;
    use ledger::rate::Rate;

    fn draft(name: &str, commission: &str) -> PartnerDraft {
        let id = Id::new("p-1").unwrap();
        PartnerDraft { id, name: name.into(), commission: commission.into(), up_front: true }
    }

    #[test]
    fn a_partner_has_a_name_a_rate_and_a_basis() {
        let command = draft(" Pat Lee ", "8.25 %").command().unwrap();
        let asked = AddPartner { name: "Pat Lee".into(), rate: Rate(82_500), basis: Basis::UpFront };
        assert_eq!((command.customer, command.act), (None, Act::AddPartner(asked)));
    }

    #[test]
    fn every_invalid_field_is_named() {
        let errors = draft("", "ten").command().unwrap_err();
        assert_eq!(errors.of(&NAME), Some(&Problem::Missing));
        assert_eq!(errors.of(&COMMISSION), Some(&Problem::NotARate));
    }
}
