//! Known mistakes, planted around the code that is tested. The checks must find each of them.

/// A planted mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// Two admissions at the same time give out the same number: the end of the log is not locked.
    NoLock,
    /// The endpoint answers a push before it is committed, and then is killed.
    EarlyAnswer,
    /// The endpoint does not compare cursors with its log.
    NoCursorCheck,
    /// A restored endpoint continues under its old epoch.
    KeptEpoch,
    /// The endpoint accepts another line under a number that is taken.
    AcceptedFork,
    /// The endpoint forgets presses that it refuses.
    DroppedRefused,
    /// The endpoint appends a push that is repeated once more.
    AppendedTwice,
    /// The endpoint writes entries again instead of keeping their bytes.
    Reserialized,
    /// The endpoint believes every reoffer.
    BelievedReoffer,
    /// The endpoint answers a reoffer without storing it.
    ForgottenReoffer,
    /// The endpoint does not clamp clocks.
    NoClamp,
    /// The endpoint does not know that a device was revoked.
    ForgottenRevocation,
    /// The endpoint does not check signatures of pushes.
    UncheckedSignature,
    /// The endpoint cuts a page inside a press.
    SplitPage,
    /// The endpoint says what it once had of a device's chains, although it has lost it.
    StaleChains,
    /// The device stores the cursor of a page before the page.
    CursorBeforePage,
    /// The device says that a page is stored although there was no space.
    IgnoredQuota,
    /// The device does not record again what it had written to a forked chain.
    NotRecordedAgain,
    /// The device gives new ids to what it records again.
    NewIds,
    /// The device stores the cursor, but not that records lost their numbers when it went back.
    NotRewound,
    /// The device counts a press as acknowledged when it is sent.
    EarlyAcknowledgement,
    /// The device starts with an empty outbox.
    ForgottenOutbox,
}

impl Bug {
    pub const ALL: &[Self] = &[
        Self::NoLock,
        Self::EarlyAnswer,
        Self::NoCursorCheck,
        Self::KeptEpoch,
        Self::AcceptedFork,
        Self::DroppedRefused,
        Self::AppendedTwice,
        Self::Reserialized,
        Self::BelievedReoffer,
        Self::ForgottenReoffer,
        Self::NoClamp,
        Self::ForgottenRevocation,
        Self::UncheckedSignature,
        Self::SplitPage,
        Self::StaleChains,
        Self::CursorBeforePage,
        Self::IgnoredQuota,
        Self::NotRecordedAgain,
        Self::NewIds,
        Self::NotRewound,
        Self::EarlyAcknowledgement,
        Self::ForgottenOutbox,
    ];
}
