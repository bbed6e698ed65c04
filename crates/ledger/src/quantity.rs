//! Quantities of order lines: at most three decimals, exact.

use crate::limits::MAX_QTY;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A quantity in thousandths: 0.350 is 350. In JSON a decimal string without trailing zeros, `"0.35"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(pub u32);

const DECIMALS: u32 = 3;

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One piece.
    pub const ONE: Self = Self(10_u32.pow(DECIMALS));
    /// The highest quantity of a line.
    pub const MAX: Self = Self(MAX_QTY * Self::ONE.0);

    /// Parses digits, optionally with a point and at most three decimals (`"0.350"`); `None` above [`Quantity::MAX`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        let missing = DECIMALS.checked_sub(u32::try_from(fraction.len()).ok()?)?;
        let (whole, fraction) = (whole.parse::<u32>().ok()?, fraction.parse::<u32>().ok()?);
        let thousandths = whole.checked_mul(Self::ONE.0)?.checked_add(fraction * 10_u32.pow(missing))?;
        Some(Self(thousandths)).filter(|quantity| *quantity <= Self::MAX)
    }

    /// A whole number of pieces.
    #[must_use]
    pub const fn whole(pieces: u32) -> Self {
        Self(pieces.saturating_mul(Self::ONE.0))
    }

    /// Whether it is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / Self::ONE.0, self.0 % Self::ONE.0);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{fraction:03}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl Serialize for Quantity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, |text| {
            Self::parse(text).ok_or("a quantity is at most 999999, with at most three decimals")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Quantity;

    #[test]
    fn parses_and_formats_quantities() {
        for (text, thousandths) in [("1", 1_000), ("0.35", 350), ("999999", 999_999_000), ("2.005", 2_005)] {
            assert_eq!(Quantity::parse(text), Some(Quantity(thousandths)));
            assert_eq!(Quantity(thousandths).to_string(), text);
        }
        assert_eq!(Quantity::parse("0.350"), Some(Quantity(350)));
        for text in ["", ".", "1.", ".5", "-1", "1e2", "0.0001", "999999.001", "1000000", "+1", "1_0"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
