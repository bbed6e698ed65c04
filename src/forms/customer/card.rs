//! The card that a customer has saved at the card processor: the processor's ids, never the number of a card.

use crate::forms::{Errors, Field, Problem, limits, looks_like_a_card, optional};
use ledger::entry::SavedCard;
use serde::{Deserialize, Serialize};

/// The customer's id at the processor.
pub const CARD_CUSTOMER: Field = Field::new("card-customer");
/// The id of the payment method there.
pub const CARD_METHOD: Field = Field::new("card-method");
/// What is shown of it.
pub const CARD_SHOWN: Field = Field::new("card-shown");

/// As typed or pasted; empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CardDraft {
    pub customer: String,
    pub method: String,
    pub shown: String,
}

impl CardDraft {
    /// As it is saved.
    #[must_use]
    pub fn of(card: Option<&SavedCard>) -> Self {
        card.map_or_else(Self::default, |card| Self {
            customer: card.customer.clone(),
            method: card.method.clone(),
            shown: card.shown.clone().unwrap_or_default(),
        })
    }

    /// The card; `Some(None)` if nothing was typed.
    pub(super) fn read(&self, errors: &mut Errors) -> Option<Option<SavedCard>> {
        if [&self.customer, &self.method, &self.shown].iter().all(|text| text.trim().is_empty()) {
            return Some(None);
        }
        let id = |text: &str, is: fn(&str) -> bool, problem| {
            let text = text.trim();
            match text {
                "" => Err(Problem::Missing),
                _ if looks_like_a_card(text) => Err(Problem::CardNumber),
                _ if !is(text) => Err(problem),
                _ => Ok(text.to_owned()),
            }
        };
        let customer = id(&self.customer, SavedCard::is_customer, Problem::NotACustomerId);
        let method = id(&self.method, SavedCard::is_method, Problem::NotAMethodId);
        let (customer, method) = (errors.take(CARD_CUSTOMER, customer), errors.take(CARD_METHOD, method));
        let shown = errors.take(CARD_SHOWN, optional(&self.shown, limits::REFERENCE).and_then(few_digits));
        Some(Some(SavedCard { customer: customer?, method: method?, shown: shown? }))
    }
}

/// The last four digits and a date are no card number; more could be most of one.
fn few_digits(shown: Option<String>) -> Result<Option<String>, Problem> {
    let digits = shown.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).count();
    if digits > SavedCard::MAX_DIGITS { Err(Problem::CardNumber) } else { Ok(shown) }
}
