//! `shop.changed`: new values of some settings of the shop.

use crate::entry::content::Content;
use crate::entry::logo::Logo;
use crate::limits::{OverLimit, at_most};
use crate::method::Method;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// The most items of each list of settings: reasons, rates, methods or bank accounts.
pub const MAX_LISTED: usize = 50;

/// How the shop taxes its sales.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopTax {
    /// The rates that are offered; a new order line has the first one. Empty: a new line has no tax.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Rate>,
    /// Whether the tax of a new line is added to its price.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_top: bool,
}

/// Changes the settings that it names; of several changes the last in order counts. An empty text removes the old one. The
/// currency never changes. Input and recorded content are the same type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeShop {
    /// The name of the shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The postal address, on several lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Telephone, e-mail or web address, as paper shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The number under which the shop is registered for tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    /// The logo; [`Logo::none`] removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    /// What receipts say above the lines, such as the opening hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_head: Option<String>,
    /// What receipts say below the lines, such as how long goods may be returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_foot: Option<String>,
    /// How sales are taxed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<ShopTax>,
    /// The reasons of the shop for refunds and credits, offered after those that every shop has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
    /// The payment methods that are not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_methods: Option<Vec<Method>>,
    /// The bank accounts that are not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_banks: Option<Vec<String>>,
}

/// The content of `shop.changed`, version 1: the name alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeShopV1 {
    name: String,
}

impl From<ChangeShopV1> for ChangeShop {
    fn from(old: ChangeShopV1) -> Self {
        Self { name: Some(old.name), ..Self::default() }
    }
}

impl ChangeShop {
    fn texts(&self) -> impl Iterator<Item = &String> {
        let Self { name, address, contact, tax_number, receipt_head, receipt_foot, .. } = self;
        let single = [name, address, contact, tax_number, receipt_head, receipt_foot].into_iter().flatten();
        single.chain(self.reasons.iter().flatten()).chain(self.closed_banks.iter().flatten())
    }
}

impl Content for ChangeShop {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.texts().for_each(|text| visit(text));
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        let count = |list: Option<usize>| list.unwrap_or_default();
        at_most("rates", count(self.tax.as_ref().map(|tax| tax.rates.len())), MAX_LISTED)?;
        at_most("reasons", count(self.reasons.as_ref().map(Vec::len)), MAX_LISTED)?;
        at_most("methods", count(self.closed_methods.as_ref().map(Vec::len)), MAX_LISTED)?;
        at_most("bank accounts", count(self.closed_banks.as_ref().map(Vec::len)), MAX_LISTED)
    }
}
