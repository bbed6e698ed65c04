//! One line of an order as typed.

use super::{LESS, PRICE, QUANTITY, RATE, TEXT, TaxChoice, discount, worth};
use crate::forms::notation::{typed, typed_amount, written};
use crate::forms::{Errors, Field, Problem, amount, limits, rate, required};
use ledger::entry::SetItem;
use ledger::money::Currency;
use ledger::quantity::Quantity;
use ledger::rules::{LineAsked, Tax};
use serde::{Deserialize, Serialize};

/// An order line as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineDraft {
    /// Identifies the line's fields on the page; a draft never uses a key twice.
    pub key: u32,
    /// The description of the goods.
    pub text: String,
    /// The quantity.
    pub qty: String,
    /// The price of one unit.
    pub unit: String,
    /// How tax applies to the price.
    pub tax: TaxChoice,
    /// The tax rate in percent.
    pub rate: String,
    /// The discount: an amount, or a rate with its sign.
    #[serde(default)]
    pub less: String,
}

impl LineDraft {
    /// A line without goods.
    #[must_use]
    pub fn blank(key: u32, tax: TaxChoice, rate: String) -> Self {
        Self {
            key,
            text: String::new(),
            qty: "1".into(),
            unit: String::new(),
            tax,
            rate,
            less: String::new(),
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.unit.trim().is_empty()
    }

    /// Takes name, price and tax of an item. The quantity stays.
    pub fn put(&mut self, item: &SetItem, currency: &Currency) {
        self.text.clone_from(&item.name);
        self.unit = price(item, currency);
        (self.tax, self.rate) = TaxChoice::of_item(item);
    }

    /// Whether the line has this item at its price, and no discount.
    pub(super) fn is_of(&self, item: &SetItem, currency: &Currency) -> bool {
        let same = (&self.text, &self.unit) == (&item.name, &price(item, currency));
        same && (self.tax, self.rate.clone()) == TaxChoice::of_item(item) && self.less.trim().is_empty()
    }

    /// Adds one to the quantity; whether it could be added.
    pub(super) fn add_one(&mut self) -> bool {
        let more = quantity(&self.qty).ok().map(|qty| Quantity(qty.0 + Quantity::ONE.0));
        let more = more.filter(|qty| *qty <= Quantity::whole(limits::QUANTITY));
        if let Some(qty) = more {
            self.qty = typed(qty);
        }
        more.is_some()
    }

    /// The field of that name in this line.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Field {
        Field::of(name, self.key)
    }

    pub(super) fn read(&self, currency: &Currency, errors: &mut Errors) -> Option<LineAsked> {
        let text = errors.take(self.field(TEXT), required(&self.text, limits::TEXT));
        let qty = errors.take(self.field(QUANTITY), quantity(&self.qty));
        let unit = errors.take(self.field(PRICE), amount(&self.unit, currency));
        let tax = match self.tax {
            TaxChoice::None => Some(Tax::None),
            TaxChoice::Inside => errors.take(self.field(RATE), rate(&self.rate)).map(Tax::Inside),
            TaxChoice::OnTop => errors.take(self.field(RATE), rate(&self.rate)).map(Tax::OnTop),
        };
        let less = errors.take(self.field(LESS), discount(&self.less, currency));
        let line = LineAsked { text: text?, qty: qty?, unit: unit?, tax: tax?, less: less? };
        let most = currency.most();
        if worth(&line) > i128::from(most.0) {
            errors.push(self.field(PRICE), Problem::AmountTooLarge { most });
        }
        Some(line)
    }
}

/// The price of an item as it is typed.
fn price(item: &SetItem, currency: &Currency) -> String {
    item.price.map(|price| typed_amount(price, currency)).unwrap_or_default()
}

/// Parses a quantity above zero with at most three decimals. A comma that could be a decimal mark elsewhere is refused.
fn quantity(text: &str) -> Result<Quantity, Problem> {
    let number = written().read_typed(text.trim()).filter(|number| number.with_a_decimal_mark.is_none());
    let most = Quantity::whole(limits::QUANTITY);
    let qty = number.and_then(|number| Quantity::parse(&number.plain));
    qty.filter(|qty| qty.is_positive() && *qty <= most)
        .ok_or(Problem::NotAQuantity { most: limits::QUANTITY })
}
