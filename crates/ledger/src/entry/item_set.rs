//! `item.set`: a product or service that the shop sells, with its price and tax.

use crate::entry::content::Content;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// Adds an item, or replaces what is known of it; of several entries for one item the last in order counts. Orders that
/// are already placed keep their lines. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetItem {
    /// The id of the item, created when it is added.
    pub item: Id,
    /// Its name, which becomes the text of order lines.
    pub name: String,
    /// The code on its label, such as an EAN, as a barcode reader types it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The price of one unit in minor units, zero or more: net if `on_top`, otherwise gross. `None` means that the price
    /// is typed with each sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// The tax rate; zero for no tax.
    pub rate: Rate,
    /// Whether tax is added to the price.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_top: bool,
    /// Whether the shop no longer sells it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

impl Content for SetItem {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [Some(&self.name), self.code.as_ref()].into_iter().flatten().for_each(|text| visit(text));
    }
}
