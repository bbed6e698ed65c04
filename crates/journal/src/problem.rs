//! The end of a chain, and what can be wrong with the next line.

use crate::error::LineError;
use crate::hash::Hash;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The last line of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the line.
    pub seq: u64,
    /// The hash of the line.
    pub hash: Hash,
}

/// What is wrong with a line of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The bytes are not a line.
    Shape(LineError),
    /// The line belongs to another shop than the first line.
    AnotherShop {
        /// The shop of the line.
        shop: String,
    },
    /// A chain must begin with a complete `chain.opened`, which may not occur again.
    Opening,
    /// Lines are missing between the previous line and this one.
    Gap {
        /// The expected number.
        due: u64,
        /// The number found.
        found: u64,
    },
    /// The number was used before: by the same line, or by another line, and this one does not begin a branch because it
    /// follows no line of the chain.
    Repeated {
        /// The number.
        seq: u64,
    },
    /// The hash of the previous line differs from the one that this line holds: one of the two was changed.
    Prev {
        /// The hash of the previous line.
        due: Option<Hash>,
        /// The hash that the line holds.
        found: Option<Hash>,
    },
    /// The clock is not later than that of the previous line.
    ClockRanBack,
    /// The lines of one press are not all here, one after another.
    SplitPress,
    /// A field is beyond what a device can count on from.
    Beyond(&'static str),
    /// A side record that names no line before it.
    NoLineOfSide,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => error.fmt(f),
            Self::AnotherShop { shop } => write!(f, "belongs to another shop, {shop}"),
            Self::Opening => f.write_str("a chain begins with one whole chain.opened, and only there"),
            Self::Gap { due, found } => write!(f, "lines are missing: number {due} was due, found {found}"),
            Self::Repeated { seq } => write!(f, "number {seq} was used before"),
            Self::Prev { .. } => {
                f.write_str("does not follow the line before it: one of the two was changed")
            }
            Self::ClockRanBack => f.write_str("its clock is not later than that of the line before"),
            Self::SplitPress => f.write_str("lines of the same press are missing"),
            Self::Beyond(field) => {
                write!(f, "field {field:?} is beyond what a counter can count on from")
            }
            Self::NoLineOfSide => f.write_str("a side record of a line that does not stand before it"),
        }
    }
}
