//! Dates as the date field writes them.

use super::Problem;
use ledger::date::Date;

/// Reads a date of today or before; empty means today, which the book fills in.
///
/// # Errors
/// Not a date, or after `today`.
pub fn date(text: &str, today: Date) -> Result<Option<Date>, Problem> {
    match any(text)? {
        Some(on) if on > today => Err(Problem::FutureDate { today }),
        on => Ok(on),
    }
}

/// Reads any date; empty is none.
///
/// # Errors
/// Not a date.
pub fn any(text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { Date::parse(text).map(Some).ok_or(Problem::NotADate) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dates_end_today() {
        let today = Date::parse("2026-03-02").unwrap();
        assert_eq!(date("", today), Ok(None));
        assert_eq!(date("2026-03-02", today), Ok(Some(today)));
        assert_eq!(date("2026-03-03", today), Err(Problem::FutureDate { today }));
        assert_eq!(date("2026-02-30", today), Err(Problem::NotADate));
        assert_eq!(date("2/3/26", today), Err(Problem::NotADate));
    }
}
