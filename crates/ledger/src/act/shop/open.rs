//! Open a shop: its name and its currency. A fact.

use crate::body::Body;
use crate::decide::Case;
use crate::money::Currency;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Opens a book. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenShop {
    /// What the shop is called.
    pub name: String,
    /// ISO 4217 code, such as `GBP`.
    pub currency: String,
}

impl Case<'_> {
    /// UnknownCurrency; a second opening is not permitted.
    pub(crate) fn open_shop(&self, asked: &OpenShop) -> Result<Body, Refusal> {
        if self.cx.shop.owner.is_some() {
            return Err(Refusal::NotPermitted { right: "shop.opened" });
        }
        let unknown = |_| Refusal::UnknownCurrency { code: asked.currency.clone() };
        Currency::new(&asked.currency).map_err(unknown)?;
        Ok(Body::ShopOpened(asked.clone()))
    }
}
