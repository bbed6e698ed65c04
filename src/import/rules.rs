//! What rows are checked against, apart from the customers who are here.

use super::flaw::Flaw;
use super::items::Items;
use ledger::date::Date;
use ledger::money::{Currency, Money};

/// The shop and the user for whom a file is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The shop's currency.
    pub currency: Currency,
    /// The shop's current business date.
    pub today: Date,
    /// The last sealed day.
    pub sealed: Option<Date>,
    /// The most credit that the user may give at once; `None` if none at all.
    pub credit_up_to: Option<Money>,
    /// The items of the shop.
    pub items: Items,
    /// Words of the user's language.
    pub words: Words,
    /// Whether customers are added who look like ones that are here.
    pub adds_alike: bool,
}

/// Words of the user's language, in lower case, that rows hold or that are recorded with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What says that a customer is a company.
    pub company: Vec<String>,
    /// What says that a customer is a person.
    pub person: Vec<String>,
    /// Names of languages, and the tags of BCP 47 that they stand for.
    pub languages: Vec<(String, String)>,
    /// What an order was for, if the row does not say.
    pub what: String,
    /// Why a credit was given.
    pub reason: String,
}

impl Words {
    /// The tag of a language that is written as its name or its tag, in any case; empty for an empty text.
    #[must_use]
    pub fn language(&self, text: &str) -> Option<String> {
        let (text, is_empty) = (text.to_lowercase(), text.is_empty());
        let found = self.languages.iter().find(|(name, tag)| *name == text || *tag == text);
        found.map(|(_, tag)| tag.clone()).or_else(|| is_empty.then(String::new))
    }
}

impl Rules {
    /// Whether something may be recorded under this date.
    ///
    /// # Errors
    /// The day is sealed.
    pub fn open_day(&self, on: Date) -> Result<(), Flaw> {
        let sealed = self.sealed.filter(|sealed| on <= *sealed);
        sealed.map_or(Ok(()), |sealed| Err(Flaw::ClosedDay { sealed }))
    }

    /// Whether the user may give this much credit.
    ///
    /// # Errors
    /// More than that.
    pub fn may_give(&self, amount: Money) -> Result<(), Flaw> {
        let may = self.credit_up_to.is_some_and(|most| amount <= most);
        if may { Ok(()) } else { Err(Flaw::NotPermitted) }
    }
}
