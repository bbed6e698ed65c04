//! What the journal says about a refund at a gateway.

use super::operation::Operation;
use super::state::{Progress, State};

impl Operation {
    /// What is to be written to the journal; `None` while there is nothing new. [`Operation::told`] is set with the entry.
    #[must_use]
    pub fn news(&self) -> Option<Progress> {
        let progress = match self.state {
            State::Queued | State::Sending => return None,
            State::WithBank => Progress::WithBank,
            State::Succeeded => Progress::Succeeded,
            State::Failed(_) => Progress::Failed,
            State::Canceled => Progress::Canceled,
            State::Person(_) => Progress::Person,
        };
        (self.told != Some(progress)).then_some(progress)
    }
}
