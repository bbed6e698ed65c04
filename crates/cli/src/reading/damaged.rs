//! The error of a book with bad lines that were found while accounts were folded.

use super::BadLine;
use std::fmt;
use std::path::PathBuf;

/// The most bad lines that are collected; further ones are dropped.
pub const MAX_BAD_LINES: usize = 100_000;
/// The most bad lines that commands other than `verify` print.
const MAX_PRINTED: usize = 3;

/// A book and its bad lines, in order.
#[derive(Debug)]
pub struct Damaged {
    /// The path of the book.
    pub book: PathBuf,
    /// At least one.
    pub bad: Vec<BadLine>,
}

impl Damaged {
    /// All bad lines, one a line.
    pub fn all_lines(&self) -> String {
        self.first(self.bad.len())
    }

    fn first(&self, most: usize) -> String {
        let name = self.book.display();
        let line = |bad: &BadLine| format!("{name}:{}: {}", bad.line, bad.message);
        self.bad.iter().take(most).map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The first bad lines, and the number of the others.
impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first(MAX_PRINTED))?;
        match self.bad.len().saturating_sub(MAX_PRINTED) {
            0 => Ok(()),
            more => {
                let name = self.book.display();
                write!(f, "\n{name}: {more} more; `counterfoil journal verify` names them all")
            }
        }
    }
}

impl std::error::Error for Damaged {}
