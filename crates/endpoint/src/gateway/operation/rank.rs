//! Which state is left for which, and the words of refunds.

use crate::gateway::Refund;
use crate::gateway::state::{Person, State};

/// How much is known: a state is never left for one of less.
pub const fn rank(state: &State) -> u8 {
    match state {
        State::Queued => 0,
        State::Sending => 1,
        State::Person(Person::TooLate) => 2,
        State::WithBank => 3,
        State::Person(Person::TooLong) => 4,
        State::Succeeded => 5,
        // What differs stays with the person.
        State::Failed(_) | State::Canceled | State::Person(_) => 6,
    }
}

/// The state of a refund at the gateway.
pub fn refunded(refund: &Refund) -> State {
    match refund.status.as_str() {
        "succeeded" => State::Succeeded,
        "failed" => State::Failed(refund.reason.clone().unwrap_or_else(|| "unknown".to_owned())),
        "canceled" => State::Canceled,
        // Also the words that are not known here.
        _ => State::WithBank,
    }
}
