//! Open a shop: its name and its currency. A fact.

use crate::entry::Body;
use crate::entry::shop_opened::OpenShop;
use crate::id::Id;
use crate::money::Currency;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusals in order: NotPermitted (the shop is already open), UnknownCurrency.
    pub(crate) fn open_shop(&self, asked: &OpenShop) -> Result<Body, Refusal> {
        if self.cx.shop.owner.is_some() {
            return Err(Refusal::NotPermitted { right: "shop.opened" });
        }
        let unknown = |_| Refusal::UnknownCurrency { code: asked.currency.clone() };
        Currency::new(&asked.currency).map_err(unknown)?;
        Ok(Body::ShopOpened(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &OpenShop, body: &Body) -> bool {
    matches!(body, Body::ShopOpened(written) if written == asked)
}

impl Shop {
    /// Opens the shop. The first opening counts; its actor is the owner.
    pub(crate) fn open(&mut self, opened: &OpenShop, actor: &Id) {
        if self.owner.is_none() {
            self.name.clone_from(&opened.name);
            self.currency = Currency::new(&opened.currency).ok();
            self.owner = Some(actor.clone());
        }
    }
}
