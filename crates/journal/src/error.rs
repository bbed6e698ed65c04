//! Why bytes are not a line: named, so that a report can say which field and what is wrong.

use std::fmt;

/// Why bytes are not a line of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// Longer than [`crate::MAX_LINE`] bytes.
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Not UTF-8.
    NotText,
    /// Not one JSON object on one line.
    NotJson {
        /// Byte column, from 1, where reading stopped.
        column: usize,
    },
    /// Written in a version of the envelope that is not known here.
    Version,
    /// A field that the envelope does not have.
    UnknownField(String),
    /// A field that stands there twice.
    Twice(&'static str),
    /// A field that is not there.
    Missing(&'static str),
    /// A field of the wrong type or out of its range.
    Wrong(&'static str),
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(f, "{bytes} bytes; a line has at most {}", crate::MAX_LINE),
            Self::NotText => f.write_str("not UTF-8"),
            Self::NotJson { column } => write!(f, "not a JSON object on one line (column {column})"),
            Self::Version => f.write_str("\"v\" is not 1: made by a newer version"),
            Self::UnknownField(name) => write!(f, "unknown field {name:?}"),
            Self::Twice(name) => write!(f, "field {name:?} stands there twice"),
            Self::Missing(name) => write!(f, "field {name:?} is missing"),
            Self::Wrong(name) => write!(f, "field {name:?} is of the wrong type or out of range"),
        }
    }
}

impl std::error::Error for LineError {}
