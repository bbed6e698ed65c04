//! The sums of one month: one record, because ten years have thousands of days, and each record costs as much as many days.

use crate::store::Fault;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Sums by day of the month, without those that are zero. The text is `02 500 17 -30`: decimal digits, because numbers in
/// JavaScript are not exact beyond 2^53.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month(BTreeMap<String, i64>);

impl Month {
    /// The month, `2026-03`, and the day, `02`, of a date.
    pub fn of(date: &str) -> (&str, &str) {
        date.rsplit_once('-').unwrap_or((date, ""))
    }

    /// Parses the stored text.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut parts = text.split_whitespace();
        let mut month = Self::default();
        while let Some(day) = parts.next() {
            let sum = parts.next().and_then(|sum| sum.parse().ok());
            month.add(day, sum.ok_or_else(|| Fault::corrupt("totals", text))?);
        }
        Ok(month)
    }

    /// The text as it is stored.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (day, sum) in self.0.iter().filter(|(_, sum)| **sum != 0) {
            // Writing to a text cannot fail.
            let _ = write!(text, "{day} {sum} ");
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Adds an amount to the sum of a day.
    pub fn add(&mut self, day: &str, amount: i64) {
        *self.0.entry(day.to_owned()).or_default() += amount;
    }

    /// The sum of a day.
    pub fn day(&self, day: &str) -> i64 {
        self.0.get(day).copied().unwrap_or_default()
    }

    /// The sums by day.
    pub fn days(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(day, sum)| (day.as_str(), *sum))
    }
}
