//! Move the shop to another endpoint, or to none. A claim of the owner alone.

use crate::entry::shop_moved::MoveShop;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusal: NotPermitted.
    pub(crate) fn move_shop(&self, asked: &MoveShop) -> Result<Body, Refusal> {
        self.permitted(EntryKind::ShopMoved, Money::ZERO)?;
        Ok(Body::ShopMoved(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &MoveShop, body: &Body) -> bool {
    matches!(body, Body::ShopMoved(written) if written == asked)
}

impl Shop {
    /// Sets where it is; the last entry counts.
    pub(crate) fn move_to(&mut self, moved: &MoveShop) {
        self.moved = Some(moved.clone());
    }
}
