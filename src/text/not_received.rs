//! The sentences for backups that could not be received.

use super::{fault::fault, say};
use crate::engine::{Flaw, NotReceived};
use codec::OpeningFlaw;
use journal::{LineError, Problem};

/// Why a backup was not received.
#[must_use]
pub fn not_received(why: &NotReceived) -> String {
    match why {
        NotReceived::Empty => say!(backup.empty),
        NotReceived::Foreign => say!(backup.foreign),
        NotReceived::NoShop => say!(backup.no_shop),
        NotReceived::Line(at, flaw) => format!("{} {}", line(*at, flaw), say!(backup.nothing_taken)),
        NotReceived::Fault(why) => format!("{} {}", say!(backup.cut_off), fault(why)),
    }
}

/// What is wrong with a line.
#[must_use]
pub fn line(line: u64, flaw: &Flaw) -> String {
    match flaw {
        Flaw::Shape(LineError::Version) => say!(backup.newer, line = line),
        Flaw::Shape(_) if line == 1 => say!(backup.no_backup),
        Flaw::Shape(why) => say!(backup.shape, line = line, why = why.to_string()),
        Flaw::Body(why) => say!(backup.shape, line = line, why = why.to_string()),
        Flaw::Opening(OpeningFlaw::Twice) => say!(backup.opened_twice, line = line),
        Flaw::Opening(why) => say!(backup.shape, line = line, why = why.to_string()),
        Flaw::Chain(Problem::Gap { due, found }) => say!(backup.gap, line = line, due = *due, found = *found),
        Flaw::Chain(Problem::Prev { .. }) => say!(backup.changed, line = line),
        Flaw::Chain(Problem::AnotherShop { .. }) => say!(backup.mixed, line = line),
        Flaw::Chain(Problem::Repeated { .. }) => say!(backup.again, line = line),
        Flaw::Chain(Problem::SplitPress) => say!(backup.split, line = line),
        Flaw::OwnChain => say!(backup.own_chain, line = line),
        Flaw::Chain(why) => say!(backup.shape, line = line, why = why.to_string()),
    }
}
