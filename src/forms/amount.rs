//! Parses amounts as typed.

use super::Problem;
use ledger::money::{AmountError, Currency, Money};

/// Parses an amount above zero.
///
/// # Errors
/// The problem with the text.
pub fn amount(text: &str, currency: &Currency) -> Result<Money, Problem> {
    let money = non_negative(text, currency)?;
    if money.is_positive() { Ok(money) } else { Err(Problem::NotPositive) }
}

/// Parses an amount of zero or more.
///
/// # Errors
/// The problem with the text.
pub fn non_negative(text: &str, currency: &Currency) -> Result<Money, Problem> {
    let money = currency.parse(text.trim()).map_err(|error| match error {
        AmountError::Empty => Problem::NoAmount,
        AmountError::TooManyDecimals => Problem::TooManyDecimals { decimals: currency.decimals },
        AmountError::TooLarge => Problem::AmountTooLarge { most: currency.most() },
        AmountError::NotANumber | AmountError::Currency => Problem::NotAnAmount,
    })?;
    if money < Money::ZERO { Err(Problem::NotPositive) } else { Ok(money) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    #[test]
    fn amounts_are_parsed_exactly() {
        for (text, minor) in [("12.50", 1250), (" 7 ", 700), ("0.01", 1), ("99999999.99", 9_999_999_999)] {
            assert_eq!(amount(text, &pounds()), Ok(Money(minor)), "{text}");
        }
        assert_eq!(non_negative("0.00", &pounds()), Ok(Money::ZERO));
    }

    #[test]
    fn each_invalid_text_gives_its_own_problem() {
        let not = Problem::NotAnAmount;
        let cases = [
            ("", Problem::NoAmount),
            ("   ", Problem::NoAmount),
            ("12,5", not.clone()),
            ("1,234.50", not.clone()),
            ("1e3", not.clone()),
            ("1_000", not.clone()),
            ("+5", not.clone()),
            ("12.", not.clone()),
            (".5", not.clone()),
            ("0x10", not.clone()),
            ("1 000", not.clone()),
            ("£5", not.clone()),
            ("NaN", not.clone()),
            ("١٢", not),
            ("-1", Problem::NotPositive),
            ("0", Problem::NotPositive),
            ("0.00", Problem::NotPositive),
            ("10.999", Problem::TooManyDecimals { decimals: 2 }),
            ("12345678901234567890", Problem::AmountTooLarge { most: Money(9_999_999_999) }),
            ("100000000.00", Problem::AmountTooLarge { most: Money(9_999_999_999) }),
        ];
        for (text, problem) in cases {
            assert_eq!(amount(text, &pounds()), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn a_currency_without_decimals_takes_whole_amounts() {
        let yen = Currency { code: "JPY".into(), decimals: 0 };
        assert_eq!(amount("500", &yen), Ok(Money(500)));
        assert_eq!(amount("500.5", &yen), Err(Problem::TooManyDecimals { decimals: 0 }));
    }
}
