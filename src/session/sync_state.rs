//! What screens see of the exchange with an endpoint.

use serde::{Deserialize, Serialize};
use sync::wire::{InviteCode, Listed};

/// The exchange of the open book. The tab that exchanges stores it for the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncState {
    /// How it goes.
    pub phase: SyncPhase,
    /// The number of entries of this device that the endpoint has not acknowledged.
    pub unsent: u64,
    /// When the oldest of them was recorded, in milliseconds since 1970.
    pub oldest: Option<u64>,
    /// When the last exchange was complete, in milliseconds since 1970.
    pub complete: Option<u64>,
    /// How far the device's clock is ahead of the endpoint's, in milliseconds, if that is much.
    #[serde(default)]
    pub skew: Option<i64>,
    /// Whether the endpoint sends refunds of payments taken online, as far as it has said so.
    #[serde(default)]
    pub refunds: bool,
}

/// How the exchange goes. In all of these the counter records as usual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncPhase {
    /// The book is on this device alone.
    #[default]
    Alone,
    /// The exchange is going on, or has not begun.
    Busy,
    /// Everything is exchanged.
    Complete,
    /// There is no network.
    Offline,
    /// The endpoint does not answer.
    NotAnswering,
    /// The endpoint has no space.
    EndpointFull,
    /// This device has no space for what others have recorded.
    DeviceFull,
    /// The endpoint has refused what this device sends.
    Stopped,
    /// Nothing is sent until the app is updated.
    PleaseUpdate,
    /// This device was taken out of the shop.
    Revoked,
    /// The owner has moved the shop to another server.
    Moved,
}

/// A counter of the shop, as the journal here knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCounter {
    /// The device.
    pub device: String,
    /// The letter of its present chain.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// When its last entry that is here was recorded, in milliseconds since 1970.
    pub last: u64,
    /// Whether it is this device.
    pub here: bool,
    /// Whether an entry took it out of the shop. The endpoint carries that out when it has the entry.
    pub revoked: bool,
    /// What the endpoint says about it, if it was asked and knows it.
    pub told: Option<Listed>,
}

/// An invite for one more counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    /// The code.
    pub code: InviteCode,
    /// Whether the device will only read.
    pub reader: bool,
    /// The chain of this device that the entry is in, or one of a later entry, and its number there.
    pub place: (u32, u64),
}
