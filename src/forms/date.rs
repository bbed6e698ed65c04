//! Parses dates in the format of the date field.

use super::{Confirmed, Field, Problem};
use ledger::date::Date;
use std::ops::RangeInclusive;

/// The years that a date field accepts: a year of two digits is a slip, and so is one of five.
const YEARS: RangeInclusive<i16> = 1900..=2199;

/// The age in days from which a payment's date has to be confirmed.
const LONG_AGO: i32 = 31;

/// Parses a date no later than `today`; empty gives `None`, and the ledger then uses today's date.
///
/// # Errors
/// The text is not a date, or the date is after `today`.
pub fn date(text: &str, today: Date) -> Result<Option<Date>, Problem> {
    match any(text)? {
        Some(on) if on > today => Err(Problem::FutureDate { today }),
        on => Ok(on),
    }
}

/// As [`date`], and a date long ago has to be confirmed.
///
/// # Errors
/// As [`date`], and [`Problem::LongAgo`] until the date is confirmed.
pub fn recent(
    text: &str,
    today: Date,
    field: &Field,
    confirmed: &Confirmed,
) -> Result<Option<Date>, Problem> {
    match date(text, today)? {
        Some(on) if on.days_until(today) > LONG_AGO && !confirmed.has(field, text) => {
            Err(Problem::LongAgo { on, today })
        }
        on => Ok(on),
    }
}

/// Parses a due date. One before `today` has to be confirmed.
///
/// # Errors
/// The text is not a date; [`Problem::PastDue`] until a past date is confirmed.
pub fn due(text: &str, today: Date, field: &Field, confirmed: &Confirmed) -> Result<Option<Date>, Problem> {
    match any(text)? {
        Some(on) if on < today && !confirmed.has(field, text) => Err(Problem::PastDue { on }),
        on => Ok(on),
    }
}

/// Parses any date; empty gives `None`.
pub(super) fn any(text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // A browser writes a year of more than four digits as it is typed.
    let year = text.split('-').next().unwrap_or_default();
    match Date::parse(text) {
        Some(on) if YEARS.contains(&on.0.year()) => Ok(Some(on)),
        Some(_) => Err(Problem::NotAYear),
        None if year.len() > 4 && year.bytes().all(|b| b.is_ascii_digit()) => Err(Problem::NotAYear),
        None => Err(Problem::NotADate),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FIELD: Field = Field::new("date");

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_date_after_today_is_invalid() {
        let today = day("2026-03-02");
        assert_eq!(date("", today), Ok(None));
        assert_eq!(date("2026-03-02", today), Ok(Some(today)));
        assert_eq!(date("2026-03-03", today), Err(Problem::FutureDate { today }));
        assert_eq!(date("2026-02-30", today), Err(Problem::NotADate));
        assert_eq!(date("2/3/26", today), Err(Problem::NotADate));
    }

    #[test]
    fn a_year_has_four_digits_and_is_one_of_the_present() {
        for text in ["0026-03-02", "0206-03-02", "1899-12-31", "2200-01-01", "20266-03-02"] {
            assert_eq!(any(text), Err(Problem::NotAYear), "{text}");
        }
        for text in ["1900-01-01", "2199-12-31"] {
            assert_eq!(any(text), Ok(Some(day(text))), "{text}");
        }
    }

    #[test]
    fn a_payment_long_ago_is_asked_about() {
        let (today, mut confirmed) = (day("2026-03-02"), Confirmed::default());
        assert_eq!(recent("2026-01-30", today, &FIELD, &confirmed), Ok(Some(day("2026-01-30"))));
        let asked = Problem::LongAgo { on: day("2026-01-29"), today };
        assert_eq!(recent("2026-01-29", today, &FIELD, &confirmed), Err(asked));
        confirmed.set(&FIELD, "2026-01-29", true);
        assert_eq!(recent("2026-01-29", today, &FIELD, &confirmed), Ok(Some(day("2026-01-29"))));
        let later = Problem::FutureDate { today };
        confirmed.set(&FIELD, "2026-03-03", true);
        assert_eq!(recent("2026-03-03", today, &FIELD, &confirmed), Err(later), "no confirmation helps");
    }

    #[test]
    fn a_due_date_in_the_past_is_asked_about() {
        let (today, mut confirmed) = (day("2026-03-02"), Confirmed::default());
        for text in ["2026-03-02", "2027-01-01"] {
            assert_eq!(due(text, today, &FIELD, &confirmed), Ok(Some(day(text))), "{text}");
        }
        let asked = Problem::PastDue { on: day("2026-03-01") };
        assert_eq!(due("2026-03-01", today, &FIELD, &confirmed), Err(asked));
        confirmed.set(&FIELD, "2026-03-01", true);
        assert_eq!(due("2026-03-01", today, &FIELD, &confirmed), Ok(Some(day("2026-03-01"))));
    }
}
