//! Rates: 0 to 100 % with at most four decimals of a percent, exact.

use crate::limits::MAX_RATE;
use crate::money::Money;
use crate::round::round_div;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A rate in ten-thousandths of a percent: 20 % is 200,000. In JSON a decimal string of percent, `"20"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub u32);

const DECIMALS: u32 = 4;
/// One percent.
const ONE: u32 = 10_u32.pow(DECIMALS);

impl Rate {
    /// 0 %.
    pub const ZERO: Self = Self(0);

    /// Parses percent: digits, optionally with a point and at most four decimals (`"8.25"`). Does not check the
    /// range.
    #[must_use]
    pub fn parse(percent: &str) -> Option<Self> {
        let (whole, fraction) = percent.split_once('.').unwrap_or((percent, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        let missing = DECIMALS.checked_sub(u32::try_from(fraction.len()).ok()?)?;
        let (whole, fraction) = (whole.parse::<u32>().ok()?, fraction.parse::<u32>().ok()?);
        whole.checked_mul(ONE)?.checked_add(fraction * 10_u32.pow(missing)).map(Self)
    }

    /// Whether the rate is between 0 and 100 %.
    #[must_use]
    pub const fn in_range(self) -> bool {
        self.0 <= MAX_RATE
    }

    /// The share of an amount at this rate, rounded once.
    #[must_use]
    pub fn of(self, amount: Money) -> Money {
        Money(round_div(i128::from(amount.0) * i128::from(self.0), i128::from(MAX_RATE)))
    }

    /// The tax inside a gross amount: round(G·r/(1+r)).
    #[must_use]
    pub fn inside(self, gross: Money) -> Money {
        Money(round_div(i128::from(gross.0) * i128::from(self.0), i128::from(MAX_RATE) + i128::from(self.0)))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / ONE, self.0 % ONE);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{fraction:04}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl Serialize for Rate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, |text| {
            let rate = Self::parse(text).filter(|rate| rate.in_range());
            rate.ok_or("a rate is 0 to 100 percent with at most four decimals")
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::money::Money;
    use crate::rate::Rate;

    #[test]
    fn parses_and_formats_percent() {
        for (text, rate) in [
            ("20", 200_000),
            ("8.25", 82_500),
            ("0", 0),
            ("0.0001", 1),
            ("100", 1_000_000),
            ("12.05", 120_500),
        ] {
            assert_eq!(Rate::parse(text), Some(Rate(rate)));
            assert_eq!(Rate(rate).to_string(), text);
        }
        for text in ["", ".", "5.", ".5", "-1", "1e2", "0.00001", "twenty", "1.2.3", "1_0", "9999999", "+1"] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
        assert!(!Rate::parse("100.0001").unwrap().in_range());
        assert!(serde_json::from_str::<Rate>("\"100.0001\"").is_err());
    }

    #[test]
    fn computes_the_tax_in_a_gross_amount() {
        assert_eq!(Rate(200_000).inside(Money(12_000)), Money(2_000));
        assert_eq!(Rate(82_500).of(Money(1_000)), Money(83));
    }
}
