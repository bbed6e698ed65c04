//! A span of days, open at either end.

use crate::date::Date;

/// From a day to a day, both of them in it; `None` leaves that end open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Span {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Span {
    /// Everything up to a day, or all there is.
    #[must_use]
    pub const fn up_to(to: Option<Date>) -> Self {
        Self { from: None, to }
    }

    /// Whether a day comes before its first.
    #[must_use]
    pub fn begins_after(&self, day: Date) -> bool {
        self.from.is_some_and(|from| day < from)
    }

    /// Whether a day comes after its last.
    #[must_use]
    pub fn ends_before(&self, day: Date) -> bool {
        self.to.is_some_and(|to| day > to)
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        !self.begins_after(day) && !self.ends_before(day)
    }
}
