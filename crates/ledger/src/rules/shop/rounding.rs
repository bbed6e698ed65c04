//! Set the smallest coin, for cash rounding. A claim.

use crate::entry::rounding_set::SetRounding;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusals in order: NotPermitted, AmountNotPositive (below zero).
    pub(crate) fn set_rounding(&self, asked: &SetRounding) -> Result<Body, Refusal> {
        self.permitted(EntryKind::RoundingSet, Money::ZERO)?;
        if asked.coin < Money::ZERO {
            return Err(Refusal::AmountNotPositive);
        }
        self.within(asked.coin)?;
        Ok(Body::RoundingSet(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SetRounding, body: &Body) -> bool {
    matches!(body, Body::RoundingSet(written) if written == asked)
}

impl Shop {
    /// Sets the smallest coin; the last entry counts.
    pub(crate) const fn set_rounding(&mut self, set: &SetRounding) {
        self.coin = set.coin;
    }
}
