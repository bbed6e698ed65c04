//! Civil dates, written as `2026-03-02`.

use serde::{Deserialize, Serialize};

/// A date in the calendar of the shop, without time or zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

impl Date {
    /// Parses `YYYY-MM-DD`. (The parser of jiff would add 41 kB to the app.)
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |part: &str, width: usize| {
            let fits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse::<i16>().ok()).flatten()
        };
        let (month, day) = (i8::try_from(number(month, 2)?).ok()?, i8::try_from(number(day, 2)?).ok()?);
        jiff::civil::Date::new(number(year, 4)?, month, day).ok().map(Self)
    }

    /// The next day; the last day of the calendar returns itself.
    #[must_use]
    pub fn next(self) -> Self {
        self.0.tomorrow().map_or(self, Self)
    }

    /// The date that many days later, or earlier for a negative number; the date itself where the calendar ends. (The
    /// spans of jiff, which also support months and hours, would add 15 kB to the app.)
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        let duration = jiff::SignedDuration::from_hours(i64::from(days) * 24);
        self.0.checked_add(duration).map_or(self, Self)
    }

    /// The number of days from this date to another; negative when the other is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        // The whole calendar has fewer days than an `i32` can count.
        i32::try_from(self.0.duration_until(other.0).as_hours() / 24).unwrap_or_default()
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl std::fmt::Debug for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, |text| Self::parse(text).ok_or("a date is written 2026-03-02"))
    }
}

#[cfg(test)]
mod tests {
    use crate::date::Date;

    #[test]
    fn parses_what_it_formats() {
        for text in ["2026-03-02", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "2026-3-2",
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026-03-02T00:00",
            "2026/03/02",
            "+026-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_forwards_backwards_and_over_leap_days() {
        let date = |text| Date::parse(text).unwrap();
        for (from, days, to) in [
            ("2024-02-28", 2, "2024-03-01"),
            ("2026-01-01", -1, "2025-12-31"),
            ("2026-03-02", 0, "2026-03-02"),
        ] {
            assert_eq!((date(from).plus(days), date(from).days_until(date(to))), (date(to), days), "{from}");
        }
        assert_eq!(date("9999-12-31").plus(1), date("9999-12-31"));
    }
}
