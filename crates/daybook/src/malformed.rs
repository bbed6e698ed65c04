//! The error of a line that is not in the notation: position, expected and found text.

use std::borrow::Cow;
use std::fmt;

/// Why a text is not a day book. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The line.
    pub line: u32,
    /// The column of the error.
    pub column: u32,
    /// The expected text, to be printed after "expected".
    pub expected: Cow<'static, str>,
    /// The found text; empty at the end of the line.
    pub found: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: expected {}, found ", self.line, self.column, self.expected)?;
        match self.found.as_str() {
            "" => f.write_str("the end of the line"),
            found => write!(f, "{found:?}"),
        }
    }
}

impl std::error::Error for Malformed {}
