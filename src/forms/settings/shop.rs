//! The name of the shop, and what its paper says.

use super::{Read, change};
use crate::forms::{Errors, Field, Problem, limits, lines, required};
use ledger::entry::ChangeShop;
use ledger::id::Id;
use ledger::shop::Shop;
use serde::{Deserialize, Serialize};

/// The name of the shop.
pub const NAME: Field = Field::new("shop-name");
/// The postal address.
pub const ADDRESS: Field = Field::new("shop-address");
/// Telephone, e-mail or web address.
pub const CONTACT: Field = Field::new("shop-contact");
/// The tax number.
pub const TAX_NUMBER: Field = Field::new("shop-tax-number");
/// The text above the lines of a receipt.
pub const HEAD: Field = Field::new("receipt-head");
/// The text below the lines of a receipt.
pub const FOOT: Field = Field::new("receipt-foot");

/// The settings as typed; `None` where nothing was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ShopDraft {
    pub id: Id,
    pub name: Option<String>,
    pub address: Option<String>,
    pub contact: Option<String>,
    pub tax_number: Option<String>,
    pub receipt_head: Option<String>,
    pub receipt_foot: Option<String>,
}

impl ShopDraft {
    /// A draft that changes nothing.
    #[must_use]
    pub const fn new(id: Id) -> Self {
        let (name, address, contact, tax_number) = (None, None, None, None);
        Self { id, name, address, contact, tax_number, receipt_head: None, receipt_foot: None }
    }

    /// The command that changes what differs from the settings of the shop.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn read(&self, shop: &Shop) -> Read {
        let mut errors = Errors::default();
        let now = &shop.settings;
        let mut text =
            |field, typed: &Option<String>, now: &str, read: fn(&str, usize) -> Result<String, Problem>| {
                let typed = typed.as_ref()?;
                errors.take(field, read(typed, limits::TEXT)).filter(|text| text != now)
            };
        let changed = ChangeShop {
            name: text(NAME, &self.name, &shop.name, name),
            address: text(ADDRESS, &self.address, &now.address, lines),
            contact: text(CONTACT, &self.contact, &now.contact, lines),
            tax_number: text(TAX_NUMBER, &self.tax_number, &now.tax_number, lines),
            receipt_head: text(HEAD, &self.receipt_head, &now.receipt_head, lines),
            receipt_foot: text(FOOT, &self.receipt_foot, &now.receipt_foot, lines),
            ..ChangeShop::default()
        };
        errors.or(Some(change(&self.id, changed)))
    }
}

fn name(text: &str, _: usize) -> Result<String, Problem> {
    required(text, limits::NAME)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::rules::Act;

    #[test]
    fn only_what_differs_is_changed() {
        let mut shop = Shop { name: "Corner Shop".into(), ..Shop::default() };
        shop.settings.address = "1 High Street\nAnytown".into();
        let mut draft = ShopDraft::new(Id::new("change").unwrap());
        assert_eq!(draft.read(&shop), Ok(Vec::new()));
        draft.name = Some(" Corner Shop ".into());
        draft.address = Some("1 High Street\nAnytown".into());
        assert_eq!(draft.read(&shop), Ok(Vec::new()), "the same text again");
        draft.address = Some(String::new());
        draft.receipt_foot = Some("Goods may be returned\nfor 30 days".into());
        let commands = draft.read(&shop).unwrap();
        let changed = ChangeShop {
            address: Some(String::new()),
            receipt_foot: Some("Goods may be returned\nfor 30 days".into()),
            ..ChangeShop::default()
        };
        assert_eq!(
            commands.into_iter().map(|command| command.act).collect::<Vec<_>>(),
            [Act::ChangeShop(changed)]
        );
    }

    #[test]
    fn a_shop_has_a_name_and_its_texts_a_limit() {
        let mut draft = ShopDraft::new(Id::new("change").unwrap());
        draft.name = Some("  ".into());
        draft.address = Some("x".repeat(201));
        let errors = draft.read(&Shop::default()).unwrap_err();
        assert_eq!(errors.of(&NAME), Some(&Problem::Missing));
        assert_eq!(errors.of(&ADDRESS), Some(&Problem::TooLong { most: 200, found: 201 }));
    }
}
