//! Unseal a day: the last seal that counts becomes void. A claim.

use crate::date::Date;
use crate::entry::day_unsealed::DayUnsealed;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, reason};
use crate::shop::Shop;
use std::sync::Arc;

/// A day to unseal: the last one that is sealed.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct UnsealDay {
    pub day: Date,
    /// The last seal that counts if it is of that day, from the records of the shop; otherwise `None`.
    pub seal: Option<Id>,
    /// The day of the seal before it, which stays sealed.
    pub before: Option<Date>,
    /// Required.
    pub reason: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: UnknownSeal (the last seal that counts is not of that day), NotPermitted (only the owner may),
    /// ReasonRequired.
    pub(crate) fn unseal_day(&self, asked: &UnsealDay) -> Result<Body, Refusal> {
        let (day, sealed) = (asked.day, asked.before);
        let seal = asked.seal.clone().filter(|_| self.cx.shop.sealed == Some(day));
        let seal = seal.ok_or(Refusal::UnknownSeal { day })?;
        self.permitted(EntryKind::DayUnsealed, Money::ZERO)?;
        let reason = reason(asked.reason.as_ref())?;
        Ok(Body::DayUnsealed(DayUnsealed { seal, day, sealed, reason }))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &UnsealDay, body: &Body) -> bool {
    let Body::DayUnsealed(written) = body else { return false };
    asked.day == written.day && asked.seal.as_ref().is_none_or(|seal| *seal == written.seal)
}

impl Asked for UnsealDay {}

impl Shop {
    /// Makes a seal void, and with it every seal that names it. A cached shop does not have the seals; it knows the day
    /// that stays sealed from the entry.
    pub(crate) fn unseal(&mut self, unsealed: &DayUnsealed) {
        let seals = Arc::make_mut(&mut self.seals);
        if seals.unseal(&unsealed.seal) {
            self.sealed = seals.last().map(|last| last.day);
        } else if self.sealed == Some(unsealed.day) {
            self.sealed = unsealed.sealed;
        }
    }
}
