//! `card.saved`: the payment method that a customer has saved at the card processor.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::limits::{OverLimit, at_most};
use serde::{Deserialize, Serialize};

/// The name of the limit on what a saved card may consist of.
pub const SAVED_CARD: &str = "saved payment method";

/// The most characters of an id of the processor.
const MAX_ID: usize = 64;

/// A payment method that a customer has saved at the card processor. It holds the processor's ids, never the number of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedCard {
    /// The customer's id at the processor, such as `cus_9s6XKzkNRiz8i3`.
    pub customer: String,
    /// The id of the payment method there, such as `pm_1MqLiJLkdIwHu7ix`.
    pub method: String,
    /// What is shown of it, such as `Visa •••• 4242, 9/27`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

impl SavedCard {
    /// The most digits of what is shown of a card: the last four and a date. Numbers of cards have at least 12.
    pub const MAX_DIGITS: usize = 10;

    /// Whether a text is a customer's id at the processor.
    #[must_use]
    pub fn is_customer(text: &str) -> bool {
        is_id(text, &["cus_"])
    }

    /// Whether a text is the id of a payment method at the processor.
    #[must_use]
    pub fn is_method(text: &str) -> bool {
        is_id(text, &["pm_", "card_"])
    }

    /// Checks that the ids are the processor's, and that nothing has the form of a card number.
    pub(crate) fn check_limits(&self) -> Result<(), OverLimit> {
        let shown = self.shown.as_deref().unwrap_or_default();
        let is_good = Self::is_customer(&self.customer)
            && Self::is_method(&self.method)
            && shown.chars().filter(char::is_ascii_digit).count() <= Self::MAX_DIGITS;
        at_most(SAVED_CARD, usize::from(!is_good), 0)
    }
}

fn is_id(text: &str, starts: &[&str]) -> bool {
    let rest = starts.iter().find_map(|start| text.strip_prefix(start));
    text.len() <= MAX_ID
        && rest.is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
}

/// The content of `card.saved`: the last one of a customer counts. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCard {
    /// The customer.
    pub customer: Id,
    /// The payment method; `None` takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<SavedCard>,
}

impl Content for SaveCard {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.customer);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.card.iter().filter_map(|card| card.shown.as_deref()).for_each(visit);
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        self.card.as_ref().map_or(Ok(()), SavedCard::check_limits)
    }

    fn summary(&self) -> Summary<'_> {
        Summary { note: self.card.as_ref().and_then(|card| card.shown.as_deref()), ..Summary::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::SavedCard;

    #[test]
    fn only_ids_of_the_processor_are_saved() {
        let is_good = |customer: &str, method: &str, shown: Option<&str>| {
            let card = SavedCard {
                customer: customer.into(),
                method: method.into(),
                shown: shown.map(str::to_owned),
            };
            card.check_limits().is_ok()
        };
        assert!(is_good("cus_9s6XKz", "pm_1MqLiJ", Some("Visa •••• 4242, 09/2027")));
        assert!(is_good("cus_9s6XKz", "card_1MqLiJ", None));
        for (customer, method, shown) in [
            ("cus_9s6XKz", "4242424242424242", None),
            ("4242424242424242", "pm_1", None),
            ("cus_1", "pm_", None),
            ("cus_1", "pm_1/../2", None),
            ("cus_1", "pi_1", None),
            ("cus_1 ", "pm_1", None),
            ("cus_1", "pm_1", Some("4242424242424242")),
            ("cus_1", "pm_1", Some("4242 4242 4242")),
            ("", "", None),
        ] {
            assert!(!is_good(customer, method, shown), "{customer} {method}");
        }
        assert!(!is_good(&format!("cus_{}", "x".repeat(61)), "pm_1", None));
    }
}
