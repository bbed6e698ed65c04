//! The format of the mirror's files: rows of text, each with a checksum, so that a damaged one is noticed and those after it
//! are still read.
//!
//! ```text
//! 5c1f…  mirror 1 later 204 0198…        the first row: version, kind of the segment, arrival before it, life of the store
//! 90ab…  205 - {"v":1,"shop":…}          arrival, branch (`-` for the chain itself) and line of an entry
//! 71c2…  205 - {"side":…}                what an endpoint says about the line before it
//! ```

use crate::store::StoredEntry;
use journal::Hash;
use std::fmt::Write;

/// The version of this format.
const VERSION: &str = "1";

/// In a row, where an entry has no branch.
const NO_BRANCH: &str = "-";

/// What a segment contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Entries that were in the store when the copy began, chain by chain.
    Whole,
    /// Entries that arrived later, in the order of their arrival.
    Later,
}

/// The first row of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What it contains.
    pub kind: Kind,
    /// The last arrival that is in the segments before it or, of a copy in progress, that it will have.
    pub arrival: u64,
    /// The life of the store: its arrivals mean nothing in another one.
    pub life: String,
}

/// An entry in the mirror, or what an endpoint says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number of its arrival in the store.
    pub arrival: u64,
    /// The branch of its chain; empty for the chain itself.
    pub branch: String,
    /// A line or a side record, verbatim.
    pub text: String,
}

/// What could be read of a segment.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// Its first row, unless that is damaged.
    pub header: Option<Header>,
    /// Its other rows.
    pub rows: Vec<Row>,
    /// How many rows are damaged.
    pub bad: u64,
    /// The number of bytes up to the end of the last good row. What follows was not written to its end.
    pub whole: u64,
}

impl Header {
    /// Adds the row to a text.
    pub fn write(&self, to: &mut String) {
        let kind = match self.kind {
            Kind::Whole => "whole",
            Kind::Later => "later",
        };
        push(to, &format!("mirror {VERSION} {kind} {} {}", self.arrival, self.life));
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("mirror ")?.splitn(4, ' ');
        if parts.next() != Some(VERSION) {
            return None;
        }
        let kind = match parts.next()? {
            "whole" => Kind::Whole,
            "later" => Kind::Later,
            _other => return None,
        };
        Some(Self { kind, arrival: parts.next()?.parse().ok()?, life: parts.next()?.to_owned() })
    }
}

/// Adds the rows of an entry to a text.
pub fn write_entry(stored: &StoredEntry, to: &mut String) {
    let branch = if stored.branch.is_empty() { NO_BRANCH } else { &stored.branch };
    for text in [Some(&stored.bytes), stored.side().as_ref()].into_iter().flatten() {
        push(to, &format!("{} {branch} {text}", stored.arrival));
    }
}

/// Adds a text and its checksum as a row.
pub fn push(to: &mut String, text: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(to, "{:016x} {text}", check(text));
}

/// The text of a row whose checksum is right.
pub fn checked(row: &[u8]) -> Option<&str> {
    let row = std::str::from_utf8(row).ok()?;
    let (sum, text) = row.split_once(' ')?;
    (u64::from_str_radix(sum, 16).ok()? == check(text)).then_some(text)
}

/// Reads a segment.
pub fn read(bytes: &[u8]) -> Segment {
    let (mut segment, mut at) = (Segment::default(), 0);
    for row in bytes.split_inclusive(|byte| *byte == b'\n') {
        at += row.len() as u64;
        if row.strip_suffix(b"\n").and_then(checked).is_some_and(|text| segment.take(text)) {
            segment.whole = at;
        } else {
            segment.bad += 1;
        }
    }
    segment
}

impl Segment {
    /// Whether the text is one of a row.
    fn take(&mut self, text: &str) -> bool {
        if text.starts_with("mirror ") {
            self.header = Header::parse(text);
            return self.header.is_some();
        }
        row_of(text).map(|row| self.rows.push(row)).is_some()
    }
}

fn row_of(text: &str) -> Option<Row> {
    let mut parts = text.splitn(3, ' ');
    let arrival = parts.next()?.parse().ok()?;
    let branch = parts.next().filter(|branch| *branch != NO_BRANCH).unwrap_or_default().to_owned();
    Some(Row { arrival, branch, text: parts.next()?.to_owned() })
}

/// Half of the first half of its SHA-256: against accidents, not against people. A line's own hash stands in the next one.
#[allow(clippy::cast_possible_truncation)]
fn check(text: &str) -> u64 {
    (Hash::of(text.as_bytes()).first_half() >> 64) as u64
}
