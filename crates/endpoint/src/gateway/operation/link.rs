//! What differs for a payment link: it ends by itself, so a person never has to look whether one was made.

use super::{Cancel, Operation};
use crate::gateway::call::{CardKept, Deed, LinkAsk};
use crate::gateway::schedule::{LINK, RUNS_BACK};
use crate::gateway::state::State;
use crate::gateway::{Refund, Wanted};

/// The word for a payment link that was not paid in time.
pub const EXPIRED: &str = "expired";

impl Operation {
    /// A link with which a customer pays. It is made only if it was asked for, at `asked`, shortly before.
    #[must_use]
    pub fn link(of: Wanted, link: LinkAsk, amount: (u64, String), (asked, now): (u64, u64)) -> Self {
        let name = of.refund.clone();
        Self { deed: Deed::Link(link), since: asked, ..Self::new(of, name, amount, now) }
    }

    /// Fixes until when a link can be paid, before the first request. `at` is the gateway's time.
    pub(super) fn expire_after(&mut self, at: u64) {
        if let Deed::Link(link) = &mut self.deed {
            link.expires.get_or_insert(at.saturating_add(LINK));
        }
    }

    /// Whether the link that was asked for cannot be paid any more, wherever the request has come to. `at` is the gateway's time.
    pub(super) fn is_past(&self, at: u64) -> bool {
        let Deed::Link(link) = &self.deed else { return false };
        link.expires.is_some_and(|expires| at > expires.saturating_add(RUNS_BACK))
    }

    /// The state of a link that can no longer be paid.
    pub(super) fn ended(&self) -> State {
        if self.cancel == Cancel::NotAsked { State::Failed(EXPIRED.to_owned()) } else { State::Canceled }
    }

    /// The state of a link at the gateway.
    pub(super) fn linked(&mut self, there: &Refund) -> State {
        let link = there.link.clone().unwrap_or_default();
        let has_payment = link.paid_as.is_some();
        let saves = matches!(&self.deed, Deed::Link(asked) if asked.saves);
        // A list does not say which card was saved: the link itself is looked at once more.
        let is_whole = !saves || link.kept != CardKept::Unknown;
        self.link = Some(link);
        match there.status.as_str() {
            "paid" if has_payment && is_whole => State::Succeeded,
            "expired" => self.ended(),
            // Also the words that are not known here.
            _ => State::WithBank,
        }
    }
}
