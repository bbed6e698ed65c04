//! What can go wrong in a store.

use std::fmt;

/// Why nothing was read, or nothing written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk is full.
    Full,
    /// The store cannot answer at present: it is closing, or locked by another program.
    Unavailable,
    /// What the store remembers of the shop is not so any more, or not enough: the work is to be handed in again, to [`Store::write`].
    ///
    /// [`Store::write`]: crate::store::Store::write
    Outdated,
    /// The shops of the store were moved to another one, which the operator named so.
    Moved(String),
    /// The store is damaged, or this program is wrong. The text is for the operator and contains nothing that was recorded.
    Broken(String),
}

impl Fault {
    /// A defect, described for the operator.
    pub fn broken(text: impl fmt::Display) -> Self {
        Self::Broken(text.to_string())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the disk is full"),
            Self::Unavailable => f.write_str("the store cannot answer at present"),
            Self::Outdated => f.write_str("what the store remembers is not so any more"),
            Self::Moved(place) => {
                write!(f, "its shops were moved to {place}: start the endpoint with that, and delete this")
            }
            Self::Broken(text) => write!(f, "the store is damaged: {text}"),
        }
    }
}

impl std::error::Error for Fault {}
