//! What became of mails, for the operator.

use std::sync::atomic::{AtomicU64, Ordering};

use sync::wire::MailState;

/// Counts of mails since this program runs.
#[derive(Debug, Default)]
pub struct MailCounts {
    /// Asked for, each once.
    pub asked: AtomicU64,
    /// Taken by the mail server.
    pub sent: AtomicU64,
    /// Refused by it, or given up after a day.
    pub failed: AtomicU64,
    /// Attempts that will be repeated.
    pub delayed: AtomicU64,
}

impl MailCounts {
    /// Counts an attempt, or the end of all attempts, by the state that it left a mail in.
    pub fn count(&self, state: MailState) {
        let counter = match state {
            MailState::Sent => &self.sent,
            MailState::Refused | MailState::GivenUp | MailState::CameBack => &self.failed,
            MailState::Queued | MailState::Other => &self.delayed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}
