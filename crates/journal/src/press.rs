//! The lines of one press: what a person records with one press of a button is one or more lines, all or none.

use serde::{Deserialize, Serialize};

/// The most lines of one press.
pub const MAX_PRESS: u32 = 256;

/// The place of a line among the lines of its press: its number from 1, and their count from 2 to [`MAX_PRESS`]. A line
/// that is a press of its own has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press(pub u32, pub u32);

impl Press {
    /// The place of the line with this index, from 0, among `count` lines; `None` for a single line.
    #[must_use]
    pub fn at(index: usize, count: usize) -> Option<Self> {
        let (line, of) = (u32::try_from(index).ok()?.checked_add(1)?, u32::try_from(count).ok()?);
        (of > 1).then_some(Self(line, of))
    }

    /// Whether both numbers are in range.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        1 <= self.0 && self.0 <= self.1 && 2 <= self.1 && self.1 <= MAX_PRESS
    }

    /// Whether more lines of the press follow.
    #[must_use]
    pub const fn goes_on(self) -> bool {
        self.0 < self.1
    }

    /// Whether a line with `next` may follow directly after a line with `before` in the same chain.
    pub(crate) fn may_follow(before: Option<Self>, next: Option<Self>) -> bool {
        match before.filter(|before| before.goes_on()) {
            Some(Self(line, of)) => next == Some(Self(line + 1, of)),
            None => next.is_none_or(|next| next.0 == 1),
        }
    }
}
