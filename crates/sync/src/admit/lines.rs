//! Lines of a request, each parsed and hashed once.

use crate::key::PublicKey;
use crate::wire::Code;
use journal::{ChainOpened, Hash, Line, OPENED, Press};
use serde_json::value::RawValue;

/// A line that is well formed in itself.
#[derive(Debug, Clone)]
pub struct CheckedLine<'a> {
    /// The bytes, as they are stored.
    pub text: &'a str,
    /// Their fields.
    pub line: Line<'a>,
    /// Their hash.
    pub hash: Hash,
}

impl<'a> CheckedLine<'a> {
    /// Parses and hashes the line of an item. A line is `chain.opened` exactly if its number is 1.
    pub(super) fn read(shop: &str, entry: &'a RawValue) -> Result<Self, Code> {
        let text = entry.get();
        let line = Line::parse(text.as_bytes()).map_err(|error| match error {
            journal::LineError::TooLong { .. } => Code::TooLarge,
            journal::LineError::NotText
            | journal::LineError::NotJson { .. }
            | journal::LineError::Version
            | journal::LineError::UnknownField(_)
            | journal::LineError::Twice(_)
            | journal::LineError::Missing(_)
            | journal::LineError::Wrong(_) => Code::WrongEntry,
        })?;
        if line.shop != shop {
            return Err(Code::WrongPlace);
        }
        let is_opened = line.kind == OPENED;
        let is_valid = !is_opened || ChainOpened::parse(line.kv, line.body.get()).is_ok();
        if is_opened != (line.seq == 1) || !is_valid {
            return Err(Code::BrokenChain);
        }
        Ok(Self { text, hash: Hash::of(text.as_bytes()), line })
    }

    /// Whether more lines of the press follow.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.line.press.is_some_and(Press::goes_on)
    }

    /// Whether the line is the first of its press.
    pub(super) fn begins_press(&self) -> bool {
        self.line.press.is_none_or(|press| press.0 == 1)
    }

    /// The key that a `chain.opened` gives to its chain.
    #[must_use]
    pub fn opened_key(&self) -> Option<PublicKey> {
        if self.line.kind != OPENED {
            return None;
        }
        let opened = ChainOpened::parse(self.line.kv, self.line.body.get()).ok()?;
        PublicKey::parse(&opened.key?).ok()
    }

    /// What is wrong with a line that stands directly after this one in the same request and the same chain.
    pub(super) fn refuses_next(&self, next: &Self) -> Option<Code> {
        let follows = next.line.seq == self.line.seq + 1
            && next.line.prev == Some(self.hash)
            && next.line.clock > self.line.clock;
        if !follows {
            return Some(Code::BrokenChain);
        }
        (!self.continues_with(next)).then_some(Code::SplitPress)
    }

    /// Whether the lines of a press are complete if the other line comes next.
    fn continues_with(&self, next: &Self) -> bool {
        match self.line.press.filter(|press| press.goes_on()) {
            Some(Press(at, of)) => next.line.press == Some(Press(at + 1, of)),
            None => next.begins_press(),
        }
    }
}

/// Splits lines into presses.
pub(super) fn presses<'s, 'a>(lines: &'s [CheckedLine<'a>]) -> impl Iterator<Item = &'s [CheckedLine<'a>]> {
    lines.split_inclusive(|line| !line.goes_on())
}
