//! Formats dates. The month is a word, so that the order of day and month is unambiguous.

use super::{counted, intl, say};
use ledger::date::Date;

/// `18 Nov`; with the year when it is not the present one: `5 Mar 2024`.
#[must_use]
pub fn short(date: Date, today: Date) -> String {
    let shape = if date.0.year() == today.0.year() {
        r#""day":"numeric","month":"short""#
    } else {
        r#""day":"numeric","month":"short","year":"numeric""#
    };
    // German and French abbreviate with a full stop, which would be doubled at the end of a sentence.
    intl::date(&date.to_string(), shape).trim_end_matches('.').to_owned()
}

/// `18 Nov, 14:02`, in the zone of the browser.
#[must_use]
pub fn moment(millis: u64) -> String {
    intl::time(millis, r#""day":"numeric","month":"short","hour":"2-digit","minute":"2-digit""#)
}

/// `18 Nov 2026`, on paper, which has no present.
#[must_use]
pub fn with_year(date: Date) -> String {
    intl::date(&date.to_string(), r#""day":"numeric","month":"short","year":"numeric""#)
}

/// `14:02`, in the zone of the browser.
#[must_use]
pub fn clock(millis: u64) -> String {
    intl::time(millis, r#""hour":"2-digit","minute":"2-digit""#)
}

/// `18 November 2026`.
#[must_use]
pub fn long(date: Date) -> String {
    intl::date(&date.to_string(), r#""day":"numeric","month":"long","year":"numeric""#)
}

/// `March 2024`.
#[must_use]
pub fn month(date: Date) -> String {
    intl::date(&date.to_string(), r#""month":"long","year":"numeric""#)
}

/// `today`, `yesterday`, `2 days ago`; for a future day, the date.
#[must_use]
pub fn ago(date: Date, today: Date) -> String {
    match date.days_until(today) {
        0 => say!(names.today),
        1 => say!(names.yesterday),
        days if days > 1 => counted!(names.days_ago, days),
        _ => short(date, today),
    }
}
