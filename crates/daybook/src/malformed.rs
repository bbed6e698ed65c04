//! A line that is not in the notation: where, what was expected there, and what stood there instead.

use std::borrow::Cow;
use std::fmt;

/// Why a text is no day book. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The line.
    pub line: u32,
    /// The column at which it stops being one.
    pub column: u32,
    /// What was expected there, to be read after "expected".
    pub expected: Cow<'static, str>,
    /// What stands there; empty at the end of the line.
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
