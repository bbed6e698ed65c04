//! How far the book is, and where it is kept.

use crate::store::Fault;
use ledger::id::Id;

/// Whether there is a book to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is being opened; nothing is known yet.
    Opening,
    /// This browser holds no shop: set one up, or try the example.
    NoShop,
    /// It is open.
    Open,
    /// It could not be opened, or was closed.
    Failed(Fault),
}

/// A thing that has to be read first. A figure not known yet is a dash, never 0.00.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded<T> {
    /// It is being read.
    Pending,
    /// It was looked for and is not in the book.
    Missing,
    /// It was read.
    Ready(T),
}

/// This device and who acts on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThisDevice {
    /// The shop, which also names its store.
    pub shop_id: Id,
    /// The counter's letter, such as `A`.
    pub letter: String,
    /// This browser.
    pub device: Id,
    /// Whether this is the example shop.
    pub example: bool,
    /// Who acts.
    pub actor: Id,
    /// Whether the browser promised to keep the book; `None` when it was not asked or did not say.
    pub persisted: Option<bool>,
    /// Whether this tab may write; false only while another one holds the lock.
    pub writer: bool,
}

impl Default for ThisDevice {
    fn default() -> Self {
        let no_id = Id::from_bits(0);
        Self {
            shop_id: no_id.clone(),
            letter: String::new(),
            device: no_id.clone(),
            example: false,
            actor: no_id,
            persisted: None,
            writer: true,
        }
    }
}
