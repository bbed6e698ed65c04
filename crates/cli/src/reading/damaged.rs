//! A book with bad lines, found while it was reckoned with.

use super::Bad;
use std::fmt;
use std::path::PathBuf;

/// The most bad lines that are collected; further ones are dropped.
pub const MAX_BAD_LINES: usize = 100_000;
/// The most bad lines that commands other than `verify` print.
const NAMED: usize = 3;

/// Which book, and its bad lines in sequence.
#[derive(Debug)]
pub struct Damaged {
    /// As it was asked for.
    pub book: PathBuf,
    /// At least one.
    pub bad: Vec<Bad>,
}

impl Damaged {
    /// All of them, a line each.
    pub fn whole(&self) -> String {
        self.first(self.bad.len())
    }

    fn first(&self, most: usize) -> String {
        let name = self.book.display();
        let line = |bad: &Bad| format!("{name}:{}: {}", bad.line, bad.message);
        self.bad.iter().take(most).map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The first of them, and how many more there are.
impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first(NAMED))?;
        match self.bad.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => {
                let name = self.book.display();
                write!(f, "\n{name}: {more} more; `counterfoil journal verify` names them all")
            }
        }
    }
}

impl std::error::Error for Damaged {}
