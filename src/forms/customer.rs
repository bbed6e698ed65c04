//! *Add Customer*: a person or a company.

use super::{Confirmed, Errors, Field, Problem, confirms, limits, note, optional, phone, required};
use ledger::entry::AddCustomer;
use ledger::id::Id;
use ledger::rules::{Act, Command};
use serde::{Deserialize, Serialize};

/// The name.
pub const NAME: Field = Field::new("name");
/// The telephone number.
pub const PHONE: Field = Field::new("phone");
/// The e-mail address.
pub const EMAIL: Field = Field::new("email");
/// The internal note.
pub const NOTE: Field = Field::new("note");

/// The form as typed. Its id is created when the form opens and becomes the customer's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CustomerDraft {
    pub id: Id,
    pub company: bool,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub note: String,
    pub confirmed: Confirmed,
}

confirms!(CustomerDraft);

impl CustomerDraft {
    /// An empty form.
    #[must_use]
    pub fn new(id: Id) -> Self {
        let (name, phone, email, note, confirmed) = Default::default();
        Self { id, company: false, name, phone, email, note, confirmed }
    }

    /// Parses the form.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let name = errors.take(NAME, required(&self.name, limits::NAME));
        let phone = errors.take(PHONE, phone(&self.phone));
        let email = errors.take(EMAIL, email(&self.email));
        let note = errors.take(NOTE, note(&self.note, &NOTE, &self.confirmed));
        let company = self.company;
        let whole = (|| {
            Some(AddCustomer {
                name: name?,
                company,
                phone: phone?,
                email: email?,
                note: note?,
                walk_in: false,
            })
        })();
        let act = errors.or(whole)?;
        let customer = Some(self.id.clone());
        Ok(Command { id: self.id.clone(), customer, on: None, act: Act::AddCustomer(act) })
    }
}

/// An e-mail address has text on both sides of its one `@`, and a dot in the part after it. Nothing more is checked.
fn email(text: &str) -> Result<Option<String>, Problem> {
    let Some(text) = optional(text, limits::EMAIL)? else { return Ok(None) };
    let parts = text.split_once('@').filter(|(_, host)| !host.contains('@'));
    let fits = |(name, host): (&str, &str)| {
        !name.is_empty() && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
    };
    if parts.is_some_and(fits) && !text.contains(char::is_whitespace) {
        Ok(Some(text))
    } else {
        Err(Problem::NotAnEmail)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn draft() -> CustomerDraft {
        let draft = CustomerDraft::new(Id::new("c-1").unwrap());
        CustomerDraft { name: " Mira Patel ".into(), email: "mira@example.net".into(), ..draft }
    }

    #[test]
    fn a_customer_gets_the_id_of_the_form() {
        let command = draft().command().unwrap();
        assert_eq!(command.customer.as_ref(), Some(&command.id));
        let Act::AddCustomer(asked) = command.act else { unreachable!() };
        assert_eq!((asked.name.as_str(), asked.phone, asked.walk_in), ("Mira Patel", None, false));
    }

    #[test]
    fn every_invalid_field_is_named() {
        let name = "x".repeat(limits::NAME + 1);
        let draft = CustomerDraft { name, email: "mira".into(), ..draft() };
        let errors = draft.command().unwrap_err();
        assert_eq!(errors.iter().count(), 2);
        assert_eq!(errors.of(&EMAIL), Some(&Problem::NotAnEmail));
        let nameless = CustomerDraft { name: "  ".into(), ..draft }.command().unwrap_err();
        assert_eq!(nameless.of(&NAME), Some(&Problem::Missing));
    }

    #[test]
    fn addresses_are_checked_leniently() {
        for good in ["a@b.c", "mira.patel+shop@mail.example.net"] {
            assert_eq!(email(good), Ok(Some(good.into())), "{good}");
        }
        for bad in ["mira", "@b.c", "a@b", "a@b.", "a@@b.c", "a b@c.d"] {
            assert_eq!(email(bad), Err(Problem::NotAnEmail), "{bad}");
        }
    }
}
