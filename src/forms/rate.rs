//! Parses tax rates as typed: percent, with or without the sign.

use super::Problem;
use super::notation::written;
use ledger::rate::Rate;

/// Parses a rate of 0 to 100 with at most four decimals.
///
/// # Errors
/// [`Problem::NotARate`].
pub fn rate(text: &str) -> Result<Rate, Problem> {
    let percent = text.trim().trim_end_matches('%').trim_end();
    let percent = match written().decimal {
        ',' => percent.replace(',', "."),
        _ => percent.to_owned(),
    };
    Rate::parse(&percent).filter(|rate| rate.in_range()).ok_or(Problem::NotARate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_percent() {
        for (text, parts) in
            [("20", 200_000), ("8.25%", 82_500), ("0", 0), ("100", 1_000_000), ("7.1234", 71_234)]
        {
            assert_eq!(rate(text), Ok(Rate(parts)), "{text}");
        }
        for text in ["", "100.0001", "-1", "8,25", "1.23456", "1e1", "20.", ".5", "٢٠", "1000"] {
            assert_eq!(rate(text), Err(Problem::NotARate), "{text}");
        }
    }
}
