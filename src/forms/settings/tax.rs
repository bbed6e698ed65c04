//! Tax rates, whether prices contain the tax, and the smallest coin.

use super::{Read, change, command};
use crate::forms::{Errors, Field, Problem, non_negative, rate};
use crate::forms::{notation, typed};
use ledger::entry::{ChangeShop, MAX_LISTED, SetRounding, ShopTax};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rate::Rate;
use ledger::rules::Act;
use ledger::shop::Shop;
use serde::{Deserialize, Serialize};

/// The rates.
pub const RATES: Field = Field::new("tax-rates");
/// The smallest coin.
pub const COIN: Field = Field::new("coin");

/// The settings as typed; `None` where nothing was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct TaxDraft {
    pub id: Id,
    /// The id of the entry that sets the coin, which is another kind.
    pub coin_id: Id,
    /// Percents, separated by spaces, commas or semicolons.
    pub rates: Option<String>,
    pub on_top: Option<bool>,
    pub coin: Option<String>,
}

impl TaxDraft {
    /// A draft that changes nothing.
    #[must_use]
    pub const fn new(id: Id, coin_id: Id) -> Self {
        Self { id, coin_id, rates: None, on_top: None, coin: None }
    }

    /// The commands that change what differs from the settings of the shop.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn read(&self, shop: &Shop, currency: &Currency) -> Read {
        let mut errors = Errors::default();
        let now = &shop.settings.tax;
        let rates = match &self.rates {
            None => Some(now.rates.clone()),
            Some(typed) => errors.take(RATES, rates(typed)),
        };
        let coin = match self.coin.as_deref().map(str::trim) {
            None => Some(shop.coin),
            Some("") => Some(Money::ZERO),
            Some(typed) => errors.take(COIN, non_negative(typed, currency)),
        };
        let (rates, coin) = errors.or(rates.zip(coin))?;
        let tax = ShopTax { rates, on_top: self.on_top.unwrap_or(now.on_top) };
        let mut commands =
            change(&self.id, ChangeShop { tax: Some(tax).filter(|tax| tax != now), ..ChangeShop::default() });
        if coin != shop.coin {
            commands.push(command(&self.coin_id, Act::SetRounding(SetRounding { coin })));
        }
        Ok(commands)
    }
}

/// The rates of a text, each once.
fn rates(text: &str) -> Result<Vec<Rate>, Problem> {
    let mut rates = Vec::new();
    // Where a comma is the decimal mark, one that ends a word is none.
    let separates = |c: char| matches!(c, ' ' | ';') || c == ',' && notation::written().decimal != ',';
    let words = text.split(separates).map(|word| word.trim_end_matches(','));
    for word in words.filter(|word| !word.is_empty() && *word != "%") {
        let rate = rate(word)?;
        if !rates.contains(&rate) {
            rates.push(rate);
        }
    }
    if rates.len() > MAX_LISTED {
        return Err(Problem::TooLong { most: MAX_LISTED, found: rates.len() });
    }
    Ok(rates)
}

/// The rates as they are typed.
#[must_use]
pub fn written(rates: &[Rate]) -> String {
    let separator = if notation::written().decimal == ',' { "; " } else { ", " };
    rates.iter().map(typed).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn draft() -> TaxDraft {
        TaxDraft::new(Id::new("tax").unwrap(), Id::new("coin").unwrap())
    }

    fn acts(draft: &TaxDraft, shop: &Shop) -> Vec<Act> {
        draft.read(shop, &pounds()).unwrap().into_iter().map(|command| command.act).collect()
    }

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    #[test]
    fn rates_are_a_list_and_the_coin_an_amount() {
        let typed = TaxDraft { rates: Some("20 %, 5; 0 5".into()), coin: Some("0.05".into()), ..draft() };
        let tax = ShopTax { rates: vec![Rate(200_000), Rate(50_000), Rate(0)], on_top: false };
        let change = ChangeShop { tax: Some(tax.clone()), ..ChangeShop::default() };
        let coin = Act::SetRounding(SetRounding { coin: Money(5) });
        assert_eq!(acts(&typed, &Shop::default()), [Act::ChangeShop(change), coin]);
        let mut shop = Shop { coin: Money(5), ..Shop::default() };
        shop.settings.tax = tax;
        assert_eq!(written(&shop.settings.tax.rates), "20, 5, 0");
        assert_eq!(acts(&typed, &shop), [], "the same again");
        let none = TaxDraft { coin: Some(String::new()), ..draft() };
        assert_eq!(acts(&none, &shop), [Act::SetRounding(SetRounding { coin: Money::ZERO })]);
    }

    #[test]
    fn a_bad_rate_and_a_bad_coin_have_their_own_problems() {
        let bad = TaxDraft { rates: Some("20, much".into()), coin: Some("-1".into()), ..draft() };
        let errors = bad.read(&Shop::default(), &pounds()).unwrap_err();
        assert_eq!(errors.of(&RATES), Some(&Problem::NotARate));
        assert!(errors.of(&COIN).is_some());
    }
}
