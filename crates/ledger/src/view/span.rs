//! A span of days, which can be open at either end.

use crate::date::Date;

/// The days from `from` to `to`, both included; `None` leaves that end open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Span {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Span {
    /// All days up to a day; all days for `None`.
    #[must_use]
    pub const fn up_to(to: Option<Date>) -> Self {
        Self { from: None, to }
    }

    /// One day.
    #[must_use]
    pub const fn of_day(day: Date) -> Self {
        Self { from: Some(day), to: Some(day) }
    }

    /// Whether the day is before the span.
    #[must_use]
    pub fn begins_after(&self, day: Date) -> bool {
        self.from.is_some_and(|from| day < from)
    }

    /// Whether the day is after the span.
    #[must_use]
    pub fn ends_before(&self, day: Date) -> bool {
        self.to.is_some_and(|to| day > to)
    }

    /// Whether the day is in the span.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        !self.begins_after(day) && !self.ends_before(day)
    }
}
