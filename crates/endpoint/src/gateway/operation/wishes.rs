//! What comes to an operation from outside of its rounds: that a person made it on the gateway's own page, or takes it back, and that the
//! gateway has news of it.

use serde::{Deserialize, Serialize};

use super::Operation;
use crate::gateway::state::{Person, Progress, State};
use crate::gateway::{Refund, Wanted};

/// Whether a refund is to be canceled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Cancel {
    #[default]
    NotAsked,
    Asked,
    /// The gateway does not cancel it: what becomes of it is left to the bank.
    Refused,
}

impl Cancel {
    pub(super) const fn is_not_asked(&self) -> bool {
        matches!(self, Self::NotAsked)
    }
}

impl Operation {
    /// A refund that a person has made on the gateway's own page: nothing is sent, and the gateway is asked for what became of it. `payment` is
    /// the number that the book has of the payment.
    #[must_use]
    pub fn found(of: Wanted, payment: String, refund: &Refund, now: u64) -> Self {
        let mut operation = Self::new(of, payment, (refund.amount, refund.currency.clone()), now);
        operation.state = State::WithBank;
        operation.gateway_id = Some(refund.id.clone());
        // The journal says nothing before the gateway has answered.
        operation.told = Some(Progress::WithBank);
        operation
    }

    /// A person takes it back. What was never sent ends once the list was read without it; what the gateway has is canceled there if it can
    /// be. What was sent without an answer is found or sent again first, because a request that is on its way cannot be taken back.
    pub fn cancel(&mut self, now: u64) {
        if !self.cancel.is_not_asked() {
            return;
        }
        match self.state {
            State::Queued | State::Sending | State::WithBank => {
                self.cancel = Cancel::Asked;
                self.hinted(now);
            }
            State::Person(Person::NoPayment | Person::Currency) => {
                self.cancel = Cancel::Asked;
                self.enter(State::Canceled, now);
                self.rest(None);
            }
            // The person who looks after it says what became of it.
            State::Person(_) | State::Succeeded | State::Failed(_) | State::Canceled => {}
        }
    }

    /// The gateway says that something has changed: it is looked at now, also where nothing more was expected. While a worker has it, it is
    /// looked at once more afterwards. Whether this changes anything.
    pub fn hinted(&mut self, now: u64) -> bool {
        let can_change = match self.state {
            State::Failed(_) | State::Canceled => false,
            State::Person(why) => matches!(why, Person::TooLate | Person::TooLong),
            State::Queued | State::Sending | State::WithBank | State::Succeeded => true,
        };
        if !can_change || self.hinted || self.due.is_some_and(|due| due <= now) {
            return false;
        }
        if self.lease > now {
            self.hinted = true;
        } else {
            self.due = Some(now);
        }
        true
    }
}
