//! The errors of reading and writing lines. Each names the field and what is wrong with it.

use crate::limits::MAX_LINE;
use std::fmt;

/// Why bytes are not a line of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// Longer than [`MAX_LINE`] bytes.
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not UTF-8.
    NotText,
    /// Not one JSON object on one line.
    NotJson {
        /// Byte column, from 1, where parsing stopped.
        column: usize,
    },
    /// A version of the envelope that this program does not know.
    Version,
    /// A field that the envelope does not have.
    UnknownField(String),
    /// A field that occurs twice.
    Twice(&'static str),
    /// A required field that is missing.
    Missing(&'static str),
    /// A field of the wrong type or out of its range.
    Wrong(&'static str),
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(f, "{bytes} bytes; a line has at most {}", MAX_LINE),
            Self::NotText => f.write_str("not UTF-8"),
            Self::NotJson { column } => write!(f, "not a JSON object on one line (column {column})"),
            Self::Version => f.write_str("\"v\" is not 1: made by a newer version"),
            Self::UnknownField(name) => write!(f, "unknown field {name:?}"),
            Self::Twice(name) => write!(f, "field {name:?} occurs twice"),
            Self::Missing(name) => write!(f, "field {name:?} is missing"),
            Self::Wrong(name) => write!(f, "field {name:?} is of the wrong type or out of range"),
        }
    }
}

impl std::error::Error for LineError {}
