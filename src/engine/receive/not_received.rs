//! Why a backup is not received: data; the words live in the text files.

use crate::store::Fault;
use codec::decode::NotDecoded;
use journal::{LineError, Problem};

/// Why nothing of a backup was received.
#[derive(Debug, Clone, PartialEq)]
pub enum NotReceived {
    /// There is no line in it.
    Empty,
    /// A line, counted from 1, is wrong.
    Line(u64, Flaw),
    /// It is the backup of another shop.
    Foreign,
    /// The device could not.
    Fault(Fault),
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Flaw {
    /// It is no line at all.
    Shape(LineError),
    /// It does not fit the lines before it.
    Chain(Problem),
    /// What it says cannot be read.
    Body(NotDecoded),
    /// It says something else than the book holds under the same number.
    Fork,
}

impl NotReceived {
    /// A line that is no line.
    pub fn shape(at: u64, why: LineError) -> Self {
        Self::Line(at, Flaw::Shape(why))
    }
}

impl From<Fault> for NotReceived {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
