//! What the header says about the exchange.

use crate::wire::Code;

/// The state of the exchange, for one quiet line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// What matters most.
    pub state: State,
    /// The number of lines that the endpoint has not acknowledged.
    pub unsent: u64,
    /// When the oldest of them was written, at the latest, in milliseconds since 1970.
    pub oldest: Option<u64>,
    /// How far this device's clock is ahead of the endpoint's, in milliseconds, if that is more than
    /// [`crate::wire::limits::SKEW_SHOWN_MILLIS`].
    pub skew: Option<i64>,
    /// Whether the endpoint sends online refunds; `None` until it has said so since the start.
    pub refunds: Option<bool>,
}

/// The states. In all of them the counter records as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything of this device is acknowledged, and everything that the endpoint had at its last answer is here.
    Synced,
    /// The exchange is going on, or has not begun: saved here.
    Busy,
    /// The browser has no network.
    Offline,
    /// The endpoint does not answer, or something else answers in its place.
    NotAnswering,
    /// The endpoint has no space.
    EndpointFull,
    /// This device has no space for what others have recorded.
    DeviceFull,
    /// The endpoint has refused a request, and nothing is sent until the next start: a backup should be made.
    Stopped(Code),
    /// Nothing is sent until the app is updated.
    PleaseUpdate,
    /// This device was revoked.
    Revoked,
}
