//! Document numbers: the letter of the counter, the letter of the series, and a count without gaps: `AI-0001`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One document number. It has at least four digits, and more when the count needs them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number<'a> {
    /// The counter, such as `A`; after 26 chains `AA` and so on.
    pub counter: &'a str,
    /// The series, such as `I` for invoices.
    pub series: char,
    /// From 1.
    pub count: u64,
}

impl<'a> Number<'a> {
    /// Parses `AI-0001`; `None` for a text that [`fmt::Display`] would not write.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (letters, digits) = text.split_once('-')?;
        let series = letters.chars().next_back()?;
        let counter = letters.strip_suffix(series)?;
        let plain = !counter.is_empty() && letters.bytes().all(|b| b.is_ascii_uppercase());
        let found = Self { counter, series, count: digits.parse().ok()? };
        (plain && found.count > 0 && found.to_string() == text).then_some(found)
    }
}

impl fmt::Display for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}-{:04}", self.counter, self.series, self.count)
    }
}

/// The last number used in every series of one counter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(BTreeMap<char, u64>);

impl Numbers {
    /// Assigns the next number of a series.
    pub fn take(&mut self, counter: &str, series: char) -> String {
        let count = self.0.entry(series).or_default();
        *count = count.saturating_add(1);
        Number { counter, series, count: *count }.to_string()
    }

    /// Marks a number as used, when the state is rebuilt from lines.
    pub fn seen(&mut self, number: &Number<'_>) {
        let count = self.0.entry(number.series).or_default();
        *count = number.count.max(*count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_series_by_itself_from_one() {
        let mut numbers = Numbers::default();
        let given = ['I', 'P', 'I'].map(|series| numbers.take("A", series));
        assert_eq!(given, ["AI-0001", "AP-0001", "AI-0002"]);
    }

    #[test]
    fn grows_past_four_digits() {
        let mut numbers = Numbers(BTreeMap::from([('R', 9_999)]));
        assert_eq!(numbers.take("AB", 'R'), "ABR-10000");
    }

    #[test]
    fn continues_after_the_highest_number() {
        let mut numbers = Numbers::default();
        for text in ["AP-0007", "AP-0003"] {
            Number::parse(text).into_iter().for_each(|number| numbers.seen(&number));
        }
        assert_eq!(numbers.take("A", 'P'), "AP-0008");
    }

    #[test]
    fn reads_only_what_it_writes() {
        for text in
            ["", "-", "I-0001", "AI-1", "AI-00001", "AI-0000", "aI-0001", "AI0001", "ÄI-0001", "AI-+001"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse("ABI-0012"), Some(Number { counter: "AB", series: 'I', count: 12 }));
    }
}
