//! Parses amounts as people write them: `£1,234.50`, `1 234.5`, `.5`, `12.`; a text with two meanings is refused.

use super::Problem;
use super::currency_sign::without_sign;
use super::notation::{Notation, Number, written};
use ledger::money::{AmountError, Currency, Money};

/// Parses an amount above zero.
///
/// # Errors
/// The problem with the text.
pub fn amount(text: &str, currency: &Currency) -> Result<Money, Problem> {
    positive(read_typed(text, currency)?)
}

/// As [`amount`], in the notation of a file.
///
/// # Errors
/// The problem with the text.
pub fn amount_in(text: &str, currency: &Currency, notation: Notation) -> Result<Money, Problem> {
    positive(read(text, currency, notation)?)
}

fn positive(money: Money) -> Result<Money, Problem> {
    if money.is_positive() { Ok(money) } else { Err(Problem::NotPositive) }
}

/// Parses an amount of zero or more.
///
/// # Errors
/// The problem with the text.
pub fn non_negative(text: &str, currency: &Currency) -> Result<Money, Problem> {
    not_below_zero(read_typed(text, currency)?)
}

/// As [`non_negative`], in the notation of a file.
///
/// # Errors
/// The problem with the text.
pub fn non_negative_in(text: &str, currency: &Currency, notation: Notation) -> Result<Money, Problem> {
    not_below_zero(read(text, currency, notation)?)
}

fn not_below_zero(money: Money) -> Result<Money, Problem> {
    if money < Money::ZERO { Err(Problem::NotPositive) } else { Ok(money) }
}

/// Parses what a person typed, in the notation of the page.
fn read_typed(text: &str, currency: &Currency) -> Result<Money, Problem> {
    read_by(text, currency, |number| written().read_typed(number))
}

/// Parses an amount in a notation, with or without the currency's sign or code, and a plus or a minus.
fn read(text: &str, currency: &Currency, notation: Notation) -> Result<Money, Problem> {
    read_by(text, currency, |number| notation.read(number))
}

fn read_by(text: &str, currency: &Currency, read: impl Fn(&str) -> Option<Number>) -> Result<Money, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::NoAmount);
    }
    let (negative, number) = unsigned(text, currency);
    let number = read(number).ok_or(Problem::NotAnAmount)?;
    let sign = if negative { "-" } else { "" };
    let plain = |text: &str| currency.parse(&format!("{sign}{text}")).map_err(|why| problem(why, currency));
    let money = plain(&number.plain)?;
    match number.with_a_decimal_mark.as_deref().map(plain) {
        Some(Ok(other)) => Err(Problem::TwoReadings { grouped: money, decimal: other }),
        Some(Err(_)) | None => Ok(money),
    }
}

/// The text without signs, and whether it has a minus. The sign of the amount is before or after that of the currency.
fn unsigned<'a>(text: &'a str, currency: &Currency) -> (bool, &'a str) {
    let bare = without_sign(text.trim(), currency);
    let positive = bare.strip_prefix('+').map(|rest| (false, rest));
    let signed = positive.or_else(|| bare.strip_prefix(['-', '\u{2212}']).map(|rest| (true, rest)));
    signed.map_or((false, bare), |(negative, rest)| (negative, without_sign(rest.trim(), currency)))
}

fn problem(why: AmountError, currency: &Currency) -> Problem {
    match why {
        AmountError::Empty => Problem::NoAmount,
        AmountError::TooManyDecimals => Problem::TooManyDecimals { decimals: currency.decimals },
        AmountError::TooLarge => Problem::AmountTooLarge { most: currency.most() },
        AmountError::NotANumber | AmountError::Currency => Problem::NotAnAmount,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::notation::{COMMA, POINT, typed_amount, write_numbers_as};
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::new(code).unwrap()
    }

    fn pounds() -> Currency {
        currency("GBP")
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let cases = [
            ("12.50", 1250),
            (" 7 ", 700),
            ("0.01", 1),
            ("99999999.99", 9_999_999_999),
            ("£1,234.50", 123_450),
            ("1,234.50", 123_450),
            ("1,234", 123_400),
            ("1,234,567.8", 123_456_780),
            ("1 234.50", 123_450),
            ("1\u{a0}234\u{202f}567", 123_456_700),
            ("1'234.50", 123_450),
            ("1’234.50", 123_450),
            (".5", 50),
            ("12.", 1200),
            ("+50.00", 5000),
            ("£ 5", 500),
            ("5 £", 500),
            ("GBP 5.00", 500),
            ("5.00 gbp", 500),
        ];
        for (text, minor) in cases {
            assert_eq!(amount(text, &pounds()), Ok(Money(minor)), "{text}");
        }
        assert_eq!(non_negative("0.00", &pounds()), Ok(Money::ZERO));
    }

    #[test]
    fn each_invalid_text_gives_its_own_problem() {
        let not = Problem::NotAnAmount;
        let decimals = Problem::TooManyDecimals { decimals: 2 };
        let cases = [
            ("", Problem::NoAmount),
            ("   ", Problem::NoAmount),
            ("12,5", not.clone()),
            ("12,50", not.clone()),
            ("1,2345", not.clone()),
            ("1,23,456", not.clone()),
            ("1,234 567", not.clone()),
            ("1234,567", not.clone()),
            (",500", not.clone()),
            ("1,", not.clone()),
            ("1.234,50", not.clone()),
            ("1.2.3", not.clone()),
            ("1.5 0", not.clone()),
            (".", not.clone()),
            ("£", not.clone()),
            ("-", not.clone()),
            ("£££5", not.clone()),
            ("€5", not.clone()),
            ("5 EUR", not.clone()),
            ("1e3", not.clone()),
            ("1_000", not.clone()),
            ("0x10", not.clone()),
            ("--5", not.clone()),
            ("NaN", not.clone()),
            ("١٢", not.clone()),
            ("１２", not),
            ("-0", Problem::NotPositive),
            ("−0.00", Problem::NotPositive),
            ("-1", Problem::NotPositive),
            ("−£4.17", Problem::NotPositive),
            ("£-4.17", Problem::NotPositive),
            ("0", Problem::NotPositive),
            ("0.00", Problem::NotPositive),
            ("10.999", decimals.clone()),
            ("1.234", decimals),
            ("12345678901234567890", Problem::AmountTooLarge { most: Money(9_999_999_999) }),
            ("100000000.00", Problem::AmountTooLarge { most: Money(9_999_999_999) }),
        ];
        for (text, problem) in cases {
            assert_eq!(amount(text, &pounds()), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn a_text_with_two_meanings_is_refused() {
        let dinars = currency("KWD");
        let two = Problem::TwoReadings { grouped: Money(1_234_000), decimal: Money(1234) };
        assert_eq!(amount("1,234", &dinars), Err(two.clone()));
        assert_eq!(read("1.234", &dinars, COMMA), Err(two));
        // With the other mark, or with a second group, there is one meaning.
        for (text, minor) in
            [("1.234", 1234), ("1,234.000", 1_234_000), ("1,234,567", 1_234_567_000), ("1 234", 1_234_000)]
        {
            assert_eq!(amount(text, &dinars), Ok(Money(minor)), "{text}");
        }
    }

    #[test]
    fn a_notation_with_a_decimal_comma_reads_commas() {
        let euros = currency("EUR");
        for (text, minor) in [("12,50", 1250), ("1.234,50 €", 123_450), ("1.234", 123_400), (",5", 50)] {
            assert_eq!(read(text, &euros, COMMA), Ok(Money(minor)), "{text}");
        }
        for text in ["12.50", "1,234.50"] {
            assert_eq!(read(text, &euros, COMMA), Err(Problem::NotAnAmount), "{text}");
        }
    }

    #[test]
    fn a_person_types_a_comma_or_the_point_of_the_number_pad() {
        let euros = currency("EUR");
        write_numbers_as(COMMA);
        for (text, minor) in [
            ("1.234,50", 123_450),
            ("1234,5", 123_450),
            ("12.50", 1250),
            ("1234.5", 123_450),
            ("1.234", 123_400),
            ("1.234.567", 123_456_700),
            ("1 234,50 €", 123_450),
            (&typed_amount(Money(123_450), &euros), 123_450),
        ] {
            assert_eq!(amount(text, &euros), Ok(Money(minor)), "{text}");
        }
        for text in ["1,234.50", "1.23.4", "12.345.6", "1,2,3"] {
            assert_eq!(amount(text, &euros), Err(Problem::NotAnAmount), "{text}");
        }
    }

    #[test]
    fn a_currency_without_decimals_takes_whole_amounts() {
        let yen = currency("JPY");
        assert_eq!(amount("500", &yen), Ok(Money(500)));
        assert_eq!(amount("¥1,234", &yen), Ok(Money(1234)));
        assert_eq!(amount("500.5", &yen), Err(Problem::TooManyDecimals { decimals: 0 }));
    }

    /// As `Intl.NumberFormat` prints it: with groups of three, always with the decimals of the currency.
    fn printed(money: Money, currency: &Currency, notation: Notation) -> String {
        let plain = currency.format(money);
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let groups: Vec<&str> =
            whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
        let whole = groups.join(&notation.group.to_string());
        if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", notation.decimal) }
    }

    proptest! {
        #[test]
        fn what_the_app_prints_is_read_as_the_same_amount(
            minor in 0..=9_999_999_999_i64,
            code in prop::sample::select(vec!["GBP", "EUR", "JPY", "KWD", "CHF", "USD", "SEK", "PLN"]),
            comma in any::<bool>(),
        ) {
            let currency = currency(code);
            let money = Money(minor % (currency.most().0 + 1));
            let notation = if comma { COMMA } else { POINT };
            let figure = printed(money, &currency, notation);
            let sign = super::super::currency_sign::sign(&currency);
            for text in [
                figure.clone(),
                format!("{sign}{figure}"),
                format!("{sign}\u{a0}{figure}"),
                format!("{figure} {code}"),
                format!("+{figure}"),
            ] {
                prop_assert_eq!(read(&text, &currency, notation), Ok(money), "{}", text);
            }
            prop_assert_eq!(read(&format!("\u{2212}{sign}{figure}"), &currency, notation), Ok(-money));
            // The text that the app puts into a field.
            prop_assert_eq!(read(&currency.format(money), &currency, POINT), Ok(money));
        }

        #[test]
        fn no_text_is_read_without_its_own_digits(text in "[£$€0-9., '+-]{0,12}") {
            if let Ok(money) = read(&text, &pounds(), POINT) {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let read: String = pounds().format(money).chars().filter(char::is_ascii_digit).collect();
                // Decimals left out are zeros at the end, and zeros in front do not count.
                let read = read.trim_start_matches('0');
                let rest = read.strip_prefix(digits.trim_start_matches('0'));
                prop_assert!(rest.is_some_and(|rest| rest.len() <= 2 && rest.chars().all(|c| c == '0')), "{text}: {read}");
            }
        }
    }
}
