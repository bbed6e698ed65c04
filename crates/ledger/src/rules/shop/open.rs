//! Open a shop: its name and its currency; or change its settings. Opening is a fact, changing a claim.

use crate::entry::shop_changed::ChangeShop;
use crate::entry::shop_opened::OpenShop;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::{Currency, Money};
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;
use std::sync::Arc;

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

    /// Refusals in order: NotPermitted, RateOutOfRange.
    pub(crate) fn change_shop(&self, asked: &ChangeShop) -> Result<Body, Refusal> {
        self.permitted(EntryKind::ShopChanged, Money::ZERO)?;
        if asked.tax.iter().flat_map(|tax| &tax.rates).all(|rate| rate.in_range()) {
            Ok(Body::ShopChanged(asked.clone()))
        } else {
            Err(Refusal::RateOutOfRange)
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &OpenShop, body: &Body) -> bool {
    matches!(body, Body::ShopOpened(written) if written == asked)
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_change(_: &Case<'_>, asked: &ChangeShop, body: &Body) -> bool {
    matches!(body, Body::ShopChanged(written) if written == asked)
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

    /// Changes the settings that an entry names; the name only if the new one is not blank.
    pub(crate) fn change(&mut self, changed: &ChangeShop) {
        if let Some(name) = changed.name.as_ref().filter(|name| !name.trim().is_empty()) {
            self.name.clone_from(name);
        }
        if let Some(logo) = &changed.logo {
            Arc::make_mut(&mut self.catalogue).logo.clone_from(logo);
        }
        self.settings.change(changed);
    }
}
