//! Set whether drawers are counted blind. A claim.

use crate::entry::blind_count_set::SetBlindCount;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusal: NotPermitted.
    pub(crate) fn set_blind_count(&self, asked: &SetBlindCount) -> Result<Body, Refusal> {
        self.permitted(EntryKind::BlindCountSet, Money::ZERO)?;
        Ok(Body::BlindCountSet(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SetBlindCount, body: &Body) -> bool {
    matches!(body, Body::BlindCountSet(written) if written == asked)
}

impl Shop {
    /// Sets it; the last entry counts.
    pub(crate) const fn set_blind_count(&mut self, set: &SetBlindCount) {
        self.blind_count = set.blind;
    }
}
