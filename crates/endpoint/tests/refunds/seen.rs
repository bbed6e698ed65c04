//! What can happen, what can be wrong, and what was seen in the end.

use std::collections::BTreeMap;

use crate::gateway::Fault;

/// What happens besides the faults of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// A worker ends between two of its steps, and forgets what it was about.
    Crash,
    /// A worker's clock is wrong from now on.
    ClockJumps,
    /// No worker runs for days.
    Away,
    /// A worker does nothing for minutes in the middle of a call, while the other one goes on.
    Stalls,
    /// The store is put back from a copy that is some hours old.
    PutBack,
    /// A request arrives long after the worker has given up.
    ArrivesLate,
    /// A person refunds on the gateway's own page, or takes money there for a charge that was declined.
    ByHand,
    /// A person at a counter takes the refund back.
    TakenBack,
}

impl Trouble {
    pub const ALL: [Self; 8] = [
        Self::Crash,
        Self::ClockJumps,
        Self::Away,
        Self::Stalls,
        Self::PutBack,
        Self::ArrivesLate,
        Self::ByHand,
        Self::TakenBack,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    Gateway(Fault),
    World(Trouble),
}

/// A mistake in the code around the operation, as one could make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Sends again with the same key, however late, and without reading the list.
    BlindRetry,
    /// Sends each time with a new key.
    NewKey,
    /// Stores that it was sent after the call, and relies on that.
    RecordAfter,
    /// Takes each answer that it cannot read for a success.
    BelievesAnything,
    /// Says of a charge that it was declined, and leaves it at the gateway as it is.
    LeavesDeclined,
    /// Says of a payment link that it is canceled, and leaves it open at the gateway.
    LeavesOpen,
    /// Says of a mail that it was sent before the mail server has it.
    SaysSentBefore,
    /// Gives a mail another `Message-ID` with each attempt.
    NewMessageId,
    /// Corrects a mail after the transaction with the news, and not in it.
    CorrectsLater,
}

impl Mistake {
    pub const OF_REFUNDS: [Self; 4] =
        [Self::BlindRetry, Self::NewKey, Self::RecordAfter, Self::BelievesAnything];

    pub const OF_CHARGES: [Self; 5] =
        [Self::BlindRetry, Self::NewKey, Self::RecordAfter, Self::BelievesAnything, Self::LeavesDeclined];

    /// Those about mails.
    pub const OF_MAILS: [Self; 3] = [Self::SaysSentBefore, Self::NewMessageId, Self::CorrectsLater];

    /// Without retrying blindly, which a link survives: a repetition of the request has the same expiry, after which nothing is made.
    pub const OF_LINKS: [Self; 4] =
        [Self::NewKey, Self::RecordAfter, Self::BelievesAnything, Self::LeavesOpen];
}

/// What was seen in the end.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub refunds: usize,
    /// Refunds or charges that are at the gateway more than once.
    pub doubled: usize,
    /// The book says done, and the gateway has none, or one that failed.
    pub said_done: usize,
    /// The book says failed, and the gateway has one that did not.
    pub said_failed: usize,
    /// Neither settled nor with a person in the end.
    pub open: usize,
    pub settled: usize,
    pub failed: usize,
    pub sent_back: usize,
    /// Canceled by the person who had issued it.
    pub canceled: usize,
    pub persons: usize,
    /// Mails in the outbox, and refunds whose mail was corrected.
    pub mails: usize,
    pub corrected: usize,
    /// Mails that are called sent and have not come, and those that still wait.
    pub said_sent: usize,
    pub mails_open: usize,
    /// Documents whose mail has come with more than one id.
    pub several_ids: usize,
    /// Refunds that came back after the customer was told, without a correction; and corrections of what has not come back.
    pub uncorrected: usize,
    pub wrong_mails: usize,
    pub faults: BTreeMap<Event, usize>,
}

impl Outcome {
    pub fn add(&mut self, other: &Self) {
        self.refunds += other.refunds;
        self.doubled += other.doubled;
        self.said_done += other.said_done;
        self.said_failed += other.said_failed;
        self.open += other.open;
        self.settled += other.settled;
        self.failed += other.failed;
        self.sent_back += other.sent_back;
        self.canceled += other.canceled;
        self.persons += other.persons;
        self.mails += other.mails;
        self.corrected += other.corrected;
        self.said_sent += other.said_sent;
        self.mails_open += other.mails_open;
        self.several_ids += other.several_ids;
        self.uncorrected += other.uncorrected;
        self.wrong_mails += other.wrong_mails;
        for (event, count) in &other.faults {
            *self.faults.entry(*event).or_default() += count;
        }
    }
}
