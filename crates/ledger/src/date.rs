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
        self.plus(1)
    }

    /// The date that many days later, or earlier for a negative number; the date itself where the calendar ends. (Spans
    /// and durations of jiff would add the texts of all its errors to the app, 40 kB.)
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        self.day_number().checked_add(days).and_then(Self::of_day_number).unwrap_or(self)
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        self.plus(1 - i32::from(self.0.day()))
    }

    /// The first day of its year.
    #[must_use]
    pub fn first_of_year(self) -> Self {
        self.plus(1 - i32::from(self.0.day_of_year()))
    }

    /// The number of days from this date to another; negative when the other is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        // The whole calendar has fewer days than an `i32` can count.
        other.day_number() - self.day_number()
    }

    /// The number of days since 1 March of the year 0. Years begin in March here, so that a leap day is the last day of
    /// its year, and the months before the last have 153 days in each five.
    fn day_number(self) -> i32 {
        let (month, day) = (i32::from(self.0.month()), i32::from(self.0.day()));
        let year = i32::from(self.0.year()) - i32::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        365 * year + leap_days(year) + day_of_year
    }

    /// The date with this number; `None` outside of the calendar.
    fn of_day_number(number: i32) -> Option<Self> {
        let (cycle, day_of_cycle) = (number.div_euclid(DAYS_IN_CYCLE), number.rem_euclid(DAYS_IN_CYCLE));
        // The last day of a cycle, of a century or of four years is a leap day or missing; it must not begin a new year.
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + leap_days(year_of_cycle));
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let year = 400 * cycle + year_of_cycle + i32::from(month >= 10);
        let (year, month) = (i16::try_from(year).ok()?, i8::try_from((month + 2) % 12 + 1).ok()?);
        jiff::civil::Date::new(year, month, i8::try_from(day).ok()?).ok().map(Self)
    }
}

/// The Gregorian calendar repeats after 400 years.
const DAYS_IN_CYCLE: i32 = 146_097;

/// The leap days in the years from 1 to this one.
const fn leap_days(year: i32) -> i32 {
    year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400)
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

    #[test]
    fn every_day_of_a_thousand_years_follows_the_day_before() {
        let first = Date::parse("1583-01-01").unwrap();
        let (mut day, mut count) = (first, 0);
        while day.0.year() < 2584 {
            let next = Date(day.0.tomorrow().unwrap());
            assert_eq!((day.next(), day.days_until(next), next.plus(-1)), (next, 1, day));
            (day, count) = (next, count + 1);
            assert_eq!((first.days_until(day), first.plus(count)), (count, day));
        }
        assert_eq!(Date::parse("0001-01-01").unwrap().plus(-1).to_string(), "0000-12-31");
    }
}
