//! The stages of opening a book, and the state of this device.

use crate::store::Fault;
use ledger::id::Id;

/// Whether a book is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The book is being opened; nothing is known yet.
    Opening,
    /// This browser holds no shop: set one up, or try the example.
    NoShop,
    /// The store is empty or damaged, and the book is built again from the mirror; the part that is done, in percent.
    Rebuilding(Option<u64>),
    /// The book is open.
    Open,
    /// The book could not be opened, or was closed.
    Failed(Fault),
}

/// Whether everything that was recorded is stored a second time, in the mirror.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum MirrorState {
    /// It is not known yet, or the shop is an example.
    #[default]
    Unknown,
    /// Entries are being copied.
    Copying,
    /// All entries are in it.
    Whole,
    /// Another tab writes it.
    OtherTab,
    /// It gave its room to the journal, when the device had no room left.
    GaveRoom,
    /// It cannot be written.
    Absent(Fault),
}

/// A value that has to be read first. Screens show a figure that is not known yet as a dash, never as 0.00.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded<T> {
    /// The value is being read.
    Pending,
    /// The book does not contain it.
    Missing,
    /// The value was read.
    Ready(T),
}

impl<T> Loaded<T> {
    /// The value, if it was read.
    pub fn ready(self) -> Option<T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Pending | Self::Missing => None,
        }
    }
}

/// This device and the member of staff who acts on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThisDevice {
    /// The id of the shop, which also names its store.
    pub shop_id: Id,
    /// The counter's letter, such as `A`.
    pub letter: String,
    /// The counter's drawer; it stays the same when the letter changes.
    pub drawer: String,
    /// This browser's device id.
    pub device: Id,
    /// Whether this is the example shop.
    pub example: bool,
    /// The member of staff who acts.
    pub actor: Id,
    /// Whether the browser made the storage persistent; `None` when it was not asked or did not answer.
    pub persisted: Option<bool>,
    /// Whether everything is stored a second time.
    pub mirror: MirrorState,
    /// Whether this tab may write; false only while another tab holds the lock.
    pub writer: bool,
}

impl Default for ThisDevice {
    fn default() -> Self {
        let no_id = Id::from_bits(0);
        Self {
            shop_id: no_id.clone(),
            letter: String::new(),
            drawer: String::new(),
            device: no_id.clone(),
            example: false,
            actor: no_id,
            persisted: None,
            mirror: MirrorState::Unknown,
            writer: true,
        }
    }
}
