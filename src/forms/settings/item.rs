//! An item: a product or service with its price and tax.

use super::{Read, command};
use crate::forms::order::TaxChoice;
use crate::forms::typed_amount;
use crate::forms::{Errors, Field, Problem, limits, non_negative, optional, rate, required};
use ledger::entry::{SetItem, ShopTax};
use ledger::id::Id;
use ledger::money::Currency;
use ledger::rate::Rate;
use ledger::rules::Act;
use ledger::shop::Catalogue;
use serde::{Deserialize, Serialize};

/// The name.
pub const NAME: Field = Field::new("item-name");
/// The code on the label.
pub const CODE: Field = Field::new("item-code");
/// The price of one unit.
pub const PRICE: Field = Field::new("item-price");
/// The tax rate.
pub const RATE: Field = Field::new("item-rate");

/// An item as typed. The id of the item is that of the form that added it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ItemDraft {
    pub id: Id,
    /// The item that is changed; `None` for a new one.
    pub item: Option<Id>,
    pub name: String,
    pub code: String,
    /// Empty: the price is typed with each sale.
    pub price: String,
    pub tax: TaxChoice,
    pub rate: String,
}

impl ItemDraft {
    /// An empty form with the tax of the shop.
    #[must_use]
    pub fn new(id: Id, tax: &ShopTax) -> Self {
        let (tax, rate) = TaxChoice::of_shop(tax);
        Self { id, item: None, name: String::new(), code: String::new(), price: String::new(), tax, rate }
    }

    /// The form that changes an item.
    #[must_use]
    pub fn of(id: Id, item: &SetItem, currency: &Currency) -> Self {
        let (tax, rate) = TaxChoice::of_item(item);
        Self {
            id,
            item: Some(item.item.clone()),
            name: item.name.clone(),
            code: item.code.clone().unwrap_or_default(),
            price: item.price.map(|price| typed_amount(price, currency)).unwrap_or_default(),
            tax,
            rate,
        }
    }

    /// The command that adds or changes the item.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn read(&self, catalogue: &Catalogue, currency: &Currency) -> Read {
        let mut errors = Errors::default();
        let own = self.item.as_ref().unwrap_or(&self.id);
        let name = errors.take(NAME, required(&self.name, limits::NAME));
        let is_other = |code: &String| {
            catalogue.sold().any(|item| item.item != *own && item.code.as_ref() == Some(code))
        };
        let code = errors.take(
            CODE,
            optional(&self.code, limits::REFERENCE).and_then(|code| match code {
                Some(code) if is_other(&code) => Err(Problem::CodeTaken),
                code => Ok(code),
            }),
        );
        let price = match self.price.trim() {
            "" => Some(None),
            typed => errors.take(PRICE, non_negative(typed, currency)).map(Some),
        };
        let rate = match self.tax {
            TaxChoice::None => Some(Rate::ZERO),
            TaxChoice::Inside | TaxChoice::OnTop => errors.take(RATE, rate(&self.rate)),
        };
        let on_top = self.tax == TaxChoice::OnTop;
        let read = name.zip(code).zip(price).zip(rate);
        let (((name, code), price), rate) = errors.or(read)?;
        let item = own.clone();
        Ok(vec![command(
            &self.id,
            Act::SetItem(SetItem { item, name, code, price, rate, on_top, withdrawn: false }),
        )])
    }
}

/// The command that withdraws an item, or sells it again.
///
/// # Errors
/// None: the item was read before.
pub fn withdraw(id: &Id, item: &SetItem, withdrawn: bool) -> Read {
    Ok(vec![command(id, Act::SetItem(SetItem { withdrawn, ..item.clone() }))])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use ledger::money::Money;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn oil() -> SetItem {
        let (name, code) = ("Chain oil".into(), Some("501".into()));
        SetItem {
            item: id("oil"),
            name,
            code,
            price: Some(Money(850)),
            rate: Rate(200_000),
            on_top: true,
            withdrawn: false,
        }
    }

    #[test]
    fn an_item_is_read_as_it_is_shown() {
        let catalogue =
            Catalogue { items: [(id("oil"), oil())].into_iter().collect(), ..Catalogue::default() };
        let shown = ItemDraft::of(id("e"), &oil(), &pounds());
        assert_eq!(shown.read(&catalogue, &pounds()).unwrap()[0].act, Act::SetItem(oil()));
        let again = ItemDraft { item: None, ..shown };
        assert_eq!(again.read(&catalogue, &pounds()), Err(Errors::one(CODE, Problem::CodeTaken)));
        let withdrawn = SetItem { withdrawn: true, ..oil() };
        assert_eq!(withdraw(&id("w"), &oil(), true).unwrap()[0].act, Act::SetItem(withdrawn));
    }

    #[test]
    fn a_new_item_has_the_tax_of_the_shop_and_may_have_no_price() {
        let tax = ShopTax { rates: vec![Rate(50_000)], on_top: false };
        let mut draft = ItemDraft::new(id("new"), &tax);
        assert_eq!((draft.tax, draft.rate.as_str()), (TaxChoice::Inside, "5"));
        draft.rate = "much".into();
        let errors = draft.read(&Catalogue::default(), &pounds()).unwrap_err();
        assert_eq!((errors.of(&NAME), errors.of(&RATE)), (Some(&Problem::Missing), Some(&Problem::NotARate)));
        (draft.name, draft.rate) = ("Repair".into(), "5".into());
        let Act::SetItem(set) = draft.read(&Catalogue::default(), &pounds()).unwrap().remove(0).act else {
            return;
        };
        assert_eq!((set.item, set.price, set.rate), (id("new"), None, Rate(50_000)));
    }
}
