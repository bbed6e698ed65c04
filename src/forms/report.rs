//! The days of a report: a span, the day that balances are for, and the day up to which entries are known.

use super::{Errors, Field, Problem, any_date};
use ledger::date::Date;

/// The first day of a span.
pub const FROM: Field = Field::new("report-from");
/// The last day of a span.
pub const TO: Field = Field::new("report-to");
/// The day that balances are for.
pub const AS_OF: Field = Field::new("report-as-of");
/// The day up to which entries are known.
pub const KNOWN_ON: Field = Field::new("report-known-on");

/// The days of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ReportDays {
    pub from: Date,
    pub to: Date,
    pub as_of: Date,
    /// Today for all that is known.
    pub known_on: Date,
}

impl ReportDays {
    /// This month, as of today, with all that is known.
    #[must_use]
    pub fn usual(today: Date) -> Self {
        let (from, to) = Preset::Month.span(today);
        Self { from, to, as_of: today, known_on: today }
    }
}

/// The days as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct DaysDraft {
    pub from: String,
    pub to: String,
    pub as_of: String,
    pub known_on: String,
}

impl DaysDraft {
    /// The days as the fields write them.
    #[must_use]
    pub fn of(days: &ReportDays) -> Self {
        let text = |day: Date| day.to_string();
        Self {
            from: text(days.from),
            to: text(days.to),
            as_of: text(days.as_of),
            known_on: text(days.known_on),
        }
    }

    /// Parses the days.
    ///
    /// # Errors
    /// One error for each field that is empty, not a date, before the first day of the span, or where nothing can be known
    /// yet.
    pub fn days(&self, today: Date) -> Result<ReportDays, Errors> {
        let mut errors = Errors::default();
        let required = |text: &str| any_date(text)?.ok_or(Problem::Missing);
        let from = errors.take(FROM, required(&self.from));
        let to = errors.take(TO, required(&self.to).and_then(|to| not_before(to, from)));
        let as_of = errors.take(AS_OF, required(&self.as_of));
        let known_on = errors.take(KNOWN_ON, required(&self.known_on).and_then(|on| not_after(on, today)));
        let whole = from.zip(to).zip(as_of.zip(known_on));
        errors.or(whole.map(|((from, to), (as_of, known_on))| ReportDays { from, to, as_of, known_on }))
    }
}

fn not_before(to: Date, from: Option<Date>) -> Result<Date, Problem> {
    match from {
        Some(first) if to < first => Err(Problem::BeforeFirst { first }),
        _ => Ok(to),
    }
}

fn not_after(on: Date, today: Date) -> Result<Date, Problem> {
    if on > today { Err(Problem::FutureDate { today }) } else { Ok(on) }
}

/// A usual span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Today.
    Today,
    /// From Monday to today.
    Week,
    /// From the first of the month to today.
    Month,
    /// The whole month before.
    LastMonth,
    /// From 1 January to today.
    Year,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Today, Self::Week, Self::Month, Self::LastMonth, Self::Year];

    /// Its first and last day.
    #[must_use]
    pub fn span(self, today: Date) -> (Date, Date) {
        match self {
            Self::Today => (today, today),
            Self::Week => (monday(today), today),
            Self::Month => (today.first_of_month(), today),
            Self::LastMonth => {
                let last = today.first_of_month().plus(-1);
                (last.first_of_month(), last)
            }
            Self::Year => (today.first_of_year(), today),
        }
    }
}

/// The Monday of the week of a day.
#[must_use]
pub fn monday(day: Date) -> Date {
    day.plus(-i32::from(day.0.weekday().to_monday_zero_offset()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn presets_end_today_and_begin_where_calendars_do() {
        for (today, preset, from, to) in [
            ("2026-11-28", Preset::Today, "2026-11-28", "2026-11-28"),
            ("2026-11-28", Preset::Week, "2026-11-23", "2026-11-28"),
            ("2026-11-23", Preset::Week, "2026-11-23", "2026-11-23"),
            ("2026-11-28", Preset::Month, "2026-11-01", "2026-11-28"),
            ("2026-03-31", Preset::LastMonth, "2026-02-01", "2026-02-28"),
            ("2026-01-15", Preset::LastMonth, "2025-12-01", "2025-12-31"),
            ("2026-11-28", Preset::Year, "2026-01-01", "2026-11-28"),
        ] {
            assert_eq!(preset.span(day(today)), (day(from), day(to)), "{preset:?} on {today}");
        }
    }

    #[test]
    fn every_wrong_day_is_named_at_its_field() {
        let today = day("2026-03-02");
        let usual = DaysDraft::of(&ReportDays::usual(today));
        assert_eq!(usual.days(today), Ok(ReportDays::usual(today)));
        let error = |draft: DaysDraft| draft.days(today).unwrap_err();
        let first = day("2026-03-01");
        for (draft, field, problem) in [
            (DaysDraft { from: String::new(), ..usual.clone() }, FROM, Problem::Missing),
            (DaysDraft { to: "2026-02-28".into(), ..usual.clone() }, TO, Problem::BeforeFirst { first }),
            (DaysDraft { as_of: "soon".into(), ..usual.clone() }, AS_OF, Problem::NotADate),
            (
                DaysDraft { known_on: "2026-03-03".into(), ..usual.clone() },
                KNOWN_ON,
                Problem::FutureDate { today },
            ),
        ] {
            assert_eq!(error(draft).of(&field), Some(&problem));
        }
    }
}
