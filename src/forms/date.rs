//! Parses dates in the format of the date field.

use super::Problem;
use ledger::date::Date;

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

/// Parses any date; empty gives `None`.
///
/// # Errors
/// The text is not a date.
pub fn any(text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { Date::parse(text).map(Some).ok_or(Problem::NotADate) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_date_after_today_is_invalid() {
        let today = Date::parse("2026-03-02").unwrap();
        assert_eq!(date("", today), Ok(None));
        assert_eq!(date("2026-03-02", today), Ok(Some(today)));
        assert_eq!(date("2026-03-03", today), Err(Problem::FutureDate { today }));
        assert_eq!(date("2026-02-30", today), Err(Problem::NotADate));
        assert_eq!(date("2/3/26", today), Err(Problem::NotADate));
    }
}
