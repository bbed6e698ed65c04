//! Why a backup is not received, as data; the sentences are in `locales/`.

use crate::store::Fault;
use codec::OpeningFlaw;
use codec::decode::DecodeError;
use journal::{LineError, Problem};

/// Why nothing of a backup was received.
#[derive(Debug, Clone, PartialEq)]
pub enum NotReceived {
    /// It contains no line.
    Empty,
    /// A line, counted from 1, is wrong.
    Line(u64, Flaw),
    /// It is the backup of another shop.
    Foreign,
    /// No entry opens the shop.
    NoShop,
    /// The device failed.
    Fault(Fault),
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Flaw {
    /// It is not in the format of a line.
    Shape(LineError),
    /// It does not continue the lines before it.
    Chain(Problem),
    /// Its body cannot be decoded.
    Body(DecodeError),
    /// It continues the chain that this device is writing. Only this device writes there.
    OwnChain,
    /// It opens the shop in a way that does not count.
    Opening(OpeningFlaw),
}

impl NotReceived {
    /// A line with a wrong format.
    pub fn shape(at: u64, why: LineError) -> Self {
        Self::Line(at, Flaw::Shape(why))
    }
}

impl From<Fault> for NotReceived {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
