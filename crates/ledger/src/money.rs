//! Money: whole minor units of the shop's currency.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in minor units. Signed; entries carry positive amounts only.
///
/// In caches it is a JSON integer, in entries a decimal string (see [`crate::body::Body::encode`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whether it is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// The shop's currency: its ISO 4217 code and how many decimals its amounts have (0, 2 or 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// Such as `GBP`.
    pub code: String,
    /// 0, 2 or 3.
    pub decimals: u8,
}

impl Currency {
    /// Looks the code up in ISO 4217.
    ///
    /// # Errors
    /// [`AmountError::Currency`] when there is no such code.
    pub fn new(code: &str) -> Result<Self, AmountError> {
        let found = iso_currency::Currency::from_code(code).ok_or(AmountError::Currency)?;
        let decimals = u8::try_from(found.exponent().unwrap_or(2)).map_err(|_| AmountError::Currency)?;
        Ok(Self { code: code.into(), decimals })
    }

    /// Reads `-`? digits (`.` digits)? with at most the currency's decimals.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(&self, text: &str) -> Result<Money, AmountError> {
        let _ = text;
        todo!("rust_decimal")
    }

    /// Always the currency's decimals, a plain `-`: `-12.50`. For files; screens use the browser's formats.
    #[must_use]
    pub fn format(&self, money: Money) -> String {
        let _ = money;
        todo!("rust_decimal")
    }
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was written.
    Empty,
    /// Not digits with at most one point.
    NotANumber,
    /// More decimals than the currency has.
    TooManyDecimals,
    /// Above 99,999,999.99 (or the like in other currencies).
    TooLarge,
    /// No currency of that code.
    Currency,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for AmountError {}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let _ = deserializer;
        todo!("an integer of minor units, or a decimal string whose point is dropped")
    }
}
