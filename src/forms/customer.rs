//! *Add Customer* and *Edit*: a person, or a company with its contact persons.

mod card;
mod contact;

pub use card::{CARD_CUSTOMER, CARD_METHOD, CARD_SHOWN, CardDraft};
pub use contact::{CONTACT_EMAIL, CONTACT_NAME, CONTACT_PHONE, CONTACT_ROLE, ContactDraft};

use super::{Confirmed, Errors, Field, Problem, confirms, limits, lines, note, optional, phone, required};
use crate::normalize::composed;
use ledger::entry::{AddCustomer, ChangeCustomer, Contact, MAX_CONTACTS, SaveCard, SavedCard};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use ledger::view::account::AccountView;
use serde::{Deserialize, Serialize};

/// The name.
pub const NAME: Field = Field::new("name");
/// The telephone number.
pub const PHONE: Field = Field::new("phone");
/// The e-mail address.
pub const EMAIL: Field = Field::new("email");
/// The internal note.
pub const NOTE: Field = Field::new("note");

/// Another customer who is the same person.
pub const SAME: Field = Field::new("same-customer");
/// The postal address.
pub const ADDRESS: Field = Field::new("address");
/// The number under which the customer is registered for tax.
pub const TAX_NUMBER: Field = Field::new("tax-number");
/// The language.
pub const LANGUAGE: Field = Field::new("language");

/// Whether the customer wants no papers by mail.
pub const NO_MAIL: Field = Field::new("no-mail");

/// The languages that are offered, as tags of BCP 47.
pub const LANGUAGES: [&str; 24] = [
    "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "it", "ja", "ko", "nb", "nl",
    "pl", "pt", "ro", "sv", "tr", "uk", "zh",
];

/// The form as typed. Its id is created when the form opens: the id of a new customer, or of the entry that changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CustomerDraft {
    pub id: Id,
    pub company: bool,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub note: String,
    pub address: String,
    pub tax_number: String,
    /// Empty: not known.
    pub language: String,
    pub contacts: Vec<ContactDraft>,
    #[serde(default)]
    pub no_mail: bool,
    #[serde(default)]
    pub card: CardDraft,
    pub confirmed: Confirmed,
}

confirms!(CustomerDraft);

impl CustomerDraft {
    /// An empty form.
    #[must_use]
    pub fn new(id: Id) -> Self {
        Self {
            id,
            company: false,
            name: String::new(),
            phone: String::new(),
            email: String::new(),
            note: String::new(),
            address: String::new(),
            tax_number: String::new(),
            language: String::new(),
            contacts: Vec::new(),
            no_mail: false,
            card: CardDraft::default(),
            confirmed: Confirmed::default(),
        }
    }

    /// The form that changes a customer, as their account says it.
    #[must_use]
    pub fn of(id: Id, view: &AccountView) -> Self {
        let (row, details) = (&view.customer, &view.details);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let contacts = (1..).zip(&details.contacts).map(|(key, contact)| ContactDraft::of(key, contact));
        Self {
            id,
            company: row.company,
            name: row.name.clone(),
            phone: text(&row.phone),
            email: text(&row.email),
            note: text(&view.note),
            address: details.address.clone(),
            tax_number: details.tax_number.clone(),
            language: details.language.clone(),
            contacts: contacts.collect(),
            no_mail: details.no_mail,
            card: CardDraft::of(view.card.as_ref()),
            confirmed: Confirmed::default(),
        }
    }

    /// Adds a contact person without anything typed; `None` if there are as many as a customer can have.
    pub fn add_contact(&mut self) -> Option<u32> {
        let key = self.contacts.iter().map(|contact| contact.key).max().unwrap_or_default() + 1;
        let may = self.contacts.len() < MAX_CONTACTS;
        may.then(|| {
            self.contacts.push(ContactDraft::blank(key));
            key
        })
    }

    /// Removes a contact person.
    pub fn remove_contact(&mut self, key: u32) {
        self.contacts.retain(|contact| contact.key != key);
    }

    /// The commands that add the customer: what every customer has, and what else was typed.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn commands(&self) -> Result<Vec<Command>, Errors> {
        let (added, details) = (self.command(), self.details());
        let mut errors = added.as_ref().err().cloned().unwrap_or_default();
        errors.extend(details.as_ref().err());
        let both = added.ok().zip(details.ok());
        let (added, details) = errors.or(both)?;
        let blank = Self::new(self.id.clone());
        let change = self.change(&blank, self.id.clone(), details);
        let change =
            ChangeCustomer { name: None, company: None, phone: None, email: None, note: None, ..change };
        // The second entry of the press has an id that follows from the first, so that two presses record once.
        let id = Id::new(&format!("{}-details", self.id)).ok().filter(|_| !is_empty(&change));
        let details = id.map(|id| command(id, &self.id, change));
        Ok(std::iter::once(added).chain(details).collect())
    }

    /// The command that changes what differs from `was`, the form as it opened; none if nothing does.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn changes(&self, customer: &Id, was: &Self) -> Result<Vec<Command>, Errors> {
        let (own, details) = (self.command(), self.details());
        let mut errors = own.as_ref().err().cloned().unwrap_or_default();
        errors.extend(details.as_ref().err());
        let card = self.card.read(&mut errors);
        let (details, card) = errors.or(own.ok().and(details.ok()).zip(card))?;
        let change = self.change(was, customer.clone(), details);
        let change = (!is_empty(&change)).then(|| command(self.id.clone(), customer, change));
        Ok(change.into_iter().chain(self.save_card(was, customer, card)).collect())
    }

    /// The command that saves the card, if it differs from `was`. Its id follows from that of the form.
    fn save_card(&self, was: &Self, customer: &Id, card: Option<SavedCard>) -> Option<Command> {
        let id = Id::new(&format!("{}-card", self.id)).ok().filter(|_| self.card != was.card)?;
        let act = Act::SaveCard(SaveCard { customer: customer.clone(), card });
        Some(Command { id, customer: Some(customer.clone()), on: None, act })
    }

    /// What differs from `was`. The texts are valid.
    fn change(&self, was: &Self, customer: Id, details: Details) -> ChangeCustomer {
        let text = |now: &String, was: &String| (now.trim() != was.trim()).then(|| composed(now.trim()));
        let Details { address, tax_number, contacts } = details;
        ChangeCustomer {
            customer,
            name: text(&self.name, &was.name),
            company: (self.company != was.company).then_some(self.company),
            phone: text(&self.phone, &was.phone),
            email: text(&self.email, &was.email),
            note: text(&self.note, &was.note),
            address: (self.address.trim() != was.address.trim()).then_some(address),
            tax_number: (self.tax_number.trim() != was.tax_number.trim()).then_some(tax_number),
            language: text(&self.language, &was.language),
            contacts: (self.contacts != was.contacts).then_some(contacts),
            no_mail: (self.no_mail != was.no_mail).then_some(self.no_mail),
        }
    }

    fn details(&self) -> Result<Details, Errors> {
        let mut errors = Errors::default();
        let address = errors.take(ADDRESS, lines(&self.address, limits::TEXT));
        let tax_number = errors.take(TAX_NUMBER, optional(&self.tax_number, limits::REFERENCE));
        let filled = self.contacts.iter().filter(|contact| !contact.is_blank());
        let contacts: Vec<Option<Contact>> = filled.map(|contact| contact.read(&mut errors)).collect();
        let contacts: Option<Vec<Contact>> = contacts.into_iter().collect();
        let whole = (|| {
            Some(Details {
                address: address?,
                tax_number: tax_number?.unwrap_or_default(),
                contacts: contacts?,
            })
        })();
        errors.or(whole)
    }

    /// Parses what every customer has.
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

/// What only *Edit* and the second entry of *Add Customer* record. An empty text removes the old one.
struct Details {
    address: String,
    tax_number: String,
    contacts: Vec<Contact>,
}

fn command(id: Id, customer: &Id, change: ChangeCustomer) -> Command {
    Command { id, customer: Some(customer.clone()), on: None, act: Act::ChangeCustomer(change) }
}

fn is_empty(change: &ChangeCustomer) -> bool {
    *change == ChangeCustomer::of(change.customer.clone())
}

/// An e-mail address has text on both sides of its one `@`, and a dot in the part after it. Nothing more is checked.
pub(super) fn email(text: &str) -> Result<Option<String>, Problem> {
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
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
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
    fn details_are_a_second_entry_of_the_press() {
        let plain = draft().commands().unwrap();
        assert_eq!(plain.len(), 1, "without details there is one entry");
        let mut full = draft();
        (full.company, full.address, full.language) = (true, "1 High Street\nAnytown ".into(), "de".into());
        let key = full.add_contact().unwrap();
        full.add_contact();
        full.contacts[0].name = "Ann Lee".into();
        full.contacts[0].phone = "01632 960002".into();
        let commands = full.commands().unwrap();
        assert_eq!((commands.len(), commands[1].id.as_str(), key), (2, "c-1-details", 1));
        let Act::ChangeCustomer(change) = &commands[1].act else { unreachable!() };
        assert_eq!(change.address.as_deref(), Some("1 High Street\nAnytown"));
        assert_eq!((change.name.as_ref(), change.company, change.tax_number.as_ref()), (None, None, None));
        let contacts = change.contacts.as_ref().unwrap();
        assert_eq!(contacts.len(), 1, "a contact person without anything typed is left out");
        assert_eq!((contacts[0].name.as_str(), contacts[0].email.as_ref()), ("Ann Lee", None));
    }

    #[test]
    fn only_what_differs_is_changed_and_an_empty_text_removes() {
        let (was, mira) = (draft(), Id::new("mira").unwrap());
        assert_eq!(was.changes(&mira, &was).unwrap(), []);
        let now = CustomerDraft { email: " ".into(), tax_number: "GB 1".into(), ..was.clone() };
        let commands = now.changes(&mira, &was).unwrap();
        let Act::ChangeCustomer(change) = &commands[0].act else { unreachable!() };
        let (email, tax_number) = (Some(String::new()), Some("GB 1".to_owned()));
        assert_eq!(*change, ChangeCustomer { email, tax_number, ..ChangeCustomer::of(mira.clone()) });
        assert_eq!(commands[0].customer, Some(mira));
    }

    #[test]
    fn every_invalid_field_of_a_contact_person_is_named_with_its_row() {
        let mut draft = draft();
        draft.add_contact();
        let key = draft.add_contact().unwrap();
        draft.contacts[1].email = "ann".into();
        for errors in [draft.commands(), draft.changes(&draft.id, &draft)].map(Result::unwrap_err) {
            assert_eq!(errors.of(&Field::of(CONTACT_NAME, key)), Some(&Problem::Missing));
            assert_eq!(errors.of(&Field::of(CONTACT_EMAIL, key)), Some(&Problem::NotAnEmail));
            assert_eq!(errors.iter().count(), 2);
        }
        while draft.add_contact().is_some() {}
        assert_eq!(draft.contacts.len(), MAX_CONTACTS);
        draft.remove_contact(key);
        assert!(draft.contacts.iter().all(|contact| contact.key != key));
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
