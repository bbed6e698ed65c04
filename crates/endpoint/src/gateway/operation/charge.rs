//! What differs for a charge: when it is given up, and that it is canceled at the gateway where it was declined.

use super::{APPROVE, Operation, Stage};
use crate::gateway::schedule::ASKED_FOR;
use crate::gateway::state::State;
use crate::gateway::{Deed, Refund, Wanted};

impl Operation {
    /// A charge of what a customer has saved. It is sent only if it was asked for, at `asked`, shortly before; but whether it was sent is
    /// always looked for.
    #[must_use]
    pub fn charge(
        of: Wanted,
        (customer, method): (String, String),
        amount: (u64, String),
        (asked, now): (u64, u64),
    ) -> Self {
        Self { deed: Deed::Charge(method), since: asked, ..Self::new(of, customer, amount, now) }
    }

    /// A charge that is too old to be sent. A store that was put back may have forgotten that it sent it a moment ago, so the list is
    /// read again later.
    pub(super) fn give_up(&mut self, at: u64, now: u64) {
        let missed = *self.missed.get_or_insert(at);
        if at.saturating_sub(missed) < ASKED_FOR {
            return self.rest(Some(now.saturating_add(ASKED_FOR)));
        }
        self.enter(State::Canceled, now);
        self.rest(None);
    }

    /// The state of a charge at the gateway. `None` while it is declined and can still be paid there: it is canceled first.
    pub(super) fn charged(&mut self, charge: &Refund, is_current: bool) -> Option<State> {
        let reason = charge.reason.clone();
        match (charge.status.as_str(), reason) {
            ("succeeded", _) => Some(State::Succeeded),
            ("canceled", reason) => {
                let declined = self.declined.clone().or(reason);
                Some(declined.map_or(State::Canceled, State::Failed))
            }
            ("requires_action", _) => self.decline(APPROVE.to_owned(), is_current),
            ("requires_payment_method", Some(reason)) => self.decline(reason, is_current),
            // Also the words that are not known here.
            _ => Some(State::WithBank),
        }
    }

    fn decline(&mut self, reason: String, is_current: bool) -> Option<State> {
        self.declined = Some(reason);
        if is_current {
            self.stage = Stage::Cancel;
        }
        None
    }
}
