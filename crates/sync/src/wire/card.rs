//! Cards that a customer has saved at the card processor: `GET /v1/shops/{shop}/cards`.

use crate::wire::decode::{Refusal, Request};
use crate::wire::limits::MAX_SMALL_BODY;
use serde::{Deserialize, Serialize};

/// The longest number of a customer at the processor, in bytes.
const MAX_NUMBER: usize = 64;

/// The request for the cards of a customer, in a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskCards {
    /// The number that the processor gives the customer: letters, digits and underscores.
    pub number: String,
}

impl Request<'_> for AskCards {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        let is_number = self.number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        Refusal::wrong_unless(is_number && (1..=MAX_NUMBER).contains(&self.number.len()))
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    /// What the processor has said.
    pub found: CardsFound,
    /// The cards; none if it has not listed any.
    pub cards: Vec<CardThere>,
}

impl Cards {
    /// An answer without cards.
    #[must_use]
    pub const fn without(found: CardsFound) -> Self {
        Self { found, cards: Vec::new() }
    }
}

/// What the processor has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardsFound {
    /// It has listed the cards of the customer, perhaps none.
    Listed,
    /// It does not know the customer.
    NoCustomer,
    /// It has not answered, or not so that it can be read.
    NoAnswer,
    /// The endpoint has no processor for this shop.
    NoProcessor,
    /// A word of a newer endpoint.
    #[serde(other)]
    Other,
}

/// A card at the processor: never its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardThere {
    /// Its id there.
    pub method: String,
    /// The brand in the processor's words, such as `visa`.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The month in which it expires, from 1.
    pub month: u8,
    /// The year in which it expires.
    pub year: u16,
}

impl CardThere {
    /// What is shown of it in every language: the brand, the last four digits, and when it expires.
    #[must_use]
    pub fn shown(&self) -> String {
        let Self { brand, last4, month, year, .. } = self;
        format!("{} •••• {last4}, {month}/{:02}", name_of(brand), year % 100)
    }
}

/// The name of a brand as cards have it.
fn name_of(brand: &str) -> String {
    match brand {
        "amex" => return "American Express".to_owned(),
        "unionpay" => return "UnionPay".to_owned(),
        "jcb" => return "JCB".to_owned(),
        _ => {}
    }
    let mut letters = brand.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_word() {
        let is_good = |number: &str| AskCards { number: number.to_owned() }.check().is_ok();
        assert!(is_good("cus_9s6XKzkNRiz8i3"));
        for bad in ["", "cus_1/../2", "cus_1&limit=1", "cus 1", &"x".repeat(65)] {
            assert!(!is_good(bad), "{bad}");
        }
    }

    #[test]
    fn a_card_is_shown_with_its_last_digits_and_no_more() {
        let card = |brand: &str| CardThere {
            method: "pm_1".into(),
            brand: brand.into(),
            last4: "4242".into(),
            month: 9,
            year: 2031,
        };
        assert_eq!(card("visa").shown(), "Visa •••• 4242, 9/31");
        assert_eq!(card("amex").shown(), "American Express •••• 4242, 9/31");
        assert_eq!(card("").shown(), " •••• 4242, 9/31");
        // The ledger takes at most ten digits for what is shown of a card.
        let digits = card("visa").shown().chars().filter(char::is_ascii_digit).count();
        assert!(digits <= 10, "{digits}");
    }
}
