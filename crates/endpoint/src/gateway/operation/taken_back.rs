//! A refund that a person takes back, and hints that something has changed at the gateway.

use super::{Cancel, Operation};
use crate::gateway::state::{Person, State};

impl Operation {
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
