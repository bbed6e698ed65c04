//! A span of days as days, weeks or months, whichever has few parts.

use crate::forms::report::monday;
use crate::text::{date, say};
use ledger::date::Date;

/// The longest span that is shown day by day.
const DAYS: i32 = 14;
/// The longest span that is shown week by week.
const WEEKS: i32 = 14 * 7;

/// The parts of a span, without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Periods {
    step: Step,
    /// The first and last day of each.
    pub all: Vec<(Date, Date)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
}

impl Periods {
    /// The parts of a span, both ends included.
    pub fn of(from: Date, to: Date) -> Self {
        let step = match from.days_until(to) {
            days if days < DAYS => Step::Day,
            days if days < WEEKS => Step::Week,
            _ => Step::Month,
        };
        let (mut all, mut first) = (Vec::new(), from);
        while first <= to {
            let last = step.last(first).min(to);
            all.push((first, last));
            if last.next() <= last {
                break;
            }
            first = last.next();
        }
        Self { step, all }
    }

    /// The part that has a day.
    pub fn at(&self, day: Date) -> Option<usize> {
        self.all.iter().position(|(first, last)| (*first..=*last).contains(&day))
    }

    /// `1 Nov`, `2 – 8 Nov`, `November 2026`.
    pub fn label(&self, (first, last): (Date, Date), today: Date) -> String {
        match self.step {
            Step::Month => date::month(first),
            _ if first == last => date::short(first, today),
            _ if first.first_of_month() == last.first_of_month() => {
                say!(reports.days, first = first.0.day(), last = date::short(last, today))
            }
            _ => say!(reports.days, first = date::short(first, today), last = date::short(last, today)),
        }
    }

    /// `day by day`, as a heading says it.
    pub fn heading(&self, what: String) -> String {
        match self.step {
            Step::Day => say!(reports.by_day, what = what),
            Step::Week => say!(reports.by_week, what = what),
            Step::Month => say!(reports.by_month, what = what),
        }
    }
}

impl Step {
    /// The last day of the part that has a day.
    fn last(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => monday(day).plus(6),
            // The 32nd day from the first of a month is in the next one.
            Self::Month => day.first_of_month().plus(31).first_of_month().plus(-1),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn parts(from: &str, to: &str) -> Vec<String> {
        let periods = Periods::of(day(from), day(to));
        periods.all.iter().map(|(first, last)| format!("{first} {last}")).collect()
    }

    #[test]
    fn a_span_has_days_weeks_or_whole_months_without_gaps() {
        assert_eq!(parts("2026-11-28", "2026-11-28"), ["2026-11-28 2026-11-28"]);
        assert_eq!(parts("2026-11-01", "2026-11-14").len(), 14);
        assert_eq!(
            parts("2026-11-01", "2026-11-18"),
            [
                "2026-11-01 2026-11-01",
                "2026-11-02 2026-11-08",
                "2026-11-09 2026-11-15",
                "2026-11-16 2026-11-18"
            ]
        );
        let year = parts("2026-01-15", "2026-12-31");
        assert_eq!((year[0].as_str(), year[1].as_str()), ("2026-01-15 2026-01-31", "2026-02-01 2026-02-28"));
        assert_eq!((year.len(), year[11].as_str()), (12, "2026-12-01 2026-12-31"));
        let periods = Periods::of(day("2026-11-01"), day("2026-11-18"));
        assert_eq!((periods.at(day("2026-11-09")), periods.at(day("2026-11-19"))), (Some(2), None));
    }
}
