//! A finding of a lint.

use std::fmt;

use super::source::Source;

/// The place of a finding, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    /// A finding at a byte of a file.
    pub fn at(source: &Source, byte: usize, what: impl Into<String>) -> Self {
        let line = source.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1;
        Self { path: source.path.clone(), line, what: what.into() }
    }

    /// A finding about a file as a whole.
    pub fn in_file(path: &str, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: 1, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}: {}", self.path, self.line, self.what)
    }
}
