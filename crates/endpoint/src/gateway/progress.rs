//! What the journal says about a refund at a gateway.

use serde::{Deserialize, Serialize};

use super::operation::{Operation, State};

/// How far a refund is, as the counters read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// The gateway has it.
    WithBank,
    /// It succeeded.
    Succeeded,
    /// It failed, or was sent back: the amount is on the account again.
    Failed,
    /// It was canceled: the amount is on the account again.
    Canceled,
    /// A person has to look.
    Person,
}

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
