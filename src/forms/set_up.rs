//! *Set up this shop*: the details a new ledger needs.

use super::pin::{self, Pin};
use super::{Errors, Field, Problem, limits, required};
use ledger::money::Currency;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The shop's name.
pub const SHOP: Field = Field::new("shop");
/// The shop's currency.
pub const CURRENCY: Field = Field::new("currency");
/// The owner's name.
pub const YOU: Field = Field::new("you");
/// The owner's PIN.
pub const PIN: Field = Field::new("pin");

/// The form as typed. The PIN is never stored with the draft.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SetUpDraft {
    pub shop: String,
    pub currency: String,
    pub you: String,
    #[serde(skip)]
    pub pin: String,
}

/// Without the PIN.
impl fmt::Debug for SetUpDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shop, currency, you, pin: _ } = self;
        write!(f, "SetUpDraft({shop:?}, {currency:?}, {you:?})")
    }
}

/// The parsed form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ShopDetails {
    pub shop: String,
    pub currency: String,
    pub you: String,
    pub pin: Option<Pin>,
}

impl SetUpDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn read(&self) -> Result<ShopDetails, Errors> {
        let mut errors = Errors::default();
        let shop = errors.take(SHOP, required(&self.shop, limits::NAME));
        let currency = errors.take(CURRENCY, Currency::new(&self.currency).map_err(|_| Problem::Missing));
        let you = errors.take(YOU, required(&self.you, limits::NAME));
        let pin = errors.take(PIN, pin::optional(&self.pin));
        let whole = (|| Some(ShopDetails { shop: shop?, currency: currency?.code, you: you?, pin: pin? }))();
        errors.or(whole)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn draft() -> SetUpDraft {
        let (shop, currency, you) = ("Harbour Cycles".into(), "GBP".into(), "Ana Ruiz".into());
        SetUpDraft { shop, currency, you, pin: String::new() }
    }

    #[test]
    fn the_pin_is_not_in_the_stored_text() {
        let stored = serde_json::to_string(&SetUpDraft { pin: "4711".into(), ..draft() }).unwrap();
        assert!(!stored.contains("4711") && stored.contains("Ana Ruiz"));
        assert_eq!(serde_json::from_str::<SetUpDraft>(&stored).unwrap(), draft());
    }

    #[test]
    fn the_debug_text_has_no_pin() {
        let draft = SetUpDraft { pin: "4711".into(), ..draft() };
        let texts = [format!("{draft:?}"), format!("{:?}", draft.read())];
        assert!(texts.iter().all(|text| text.contains("Ana Ruiz") && !text.contains("4711")), "{texts:?}");
    }

    #[test]
    fn a_pin_is_optional() {
        let read = draft().read().unwrap();
        assert_eq!((read.currency.as_str(), read.pin), ("GBP", None));
    }

    #[test]
    fn a_pin_is_four_to_eight_digits() {
        for bad in ["123", "123456789", "12a4", "-123", "１２３４"] {
            let wrong = SetUpDraft { pin: bad.into(), ..draft() }.read().unwrap_err();
            assert_eq!(wrong.of(&PIN), Some(&Problem::NotAPin { fewest: 4, most: 8 }), "{bad}");
        }
        let read = SetUpDraft { pin: " 0420 ".into(), ..draft() }.read().unwrap();
        assert_eq!(read.pin, Some(Pin::from("0420")));
    }

    #[test]
    fn an_empty_form_names_every_missing_field() {
        let errors = SetUpDraft::default().read().unwrap_err();
        assert_eq!(
            errors.iter().map(|(field, _)| field.name).collect::<Vec<_>>(),
            ["shop", "currency", "you"]
        );
    }
}
