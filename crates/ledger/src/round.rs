//! The only rounding function: half away from zero, once, at the end of a formula.

/// Divides and rounds half away from zero. The divisor is above zero. Within the limits of [`crate::limits`] the
/// numerators of all formulas fit in `i128`.
#[must_use]
pub const fn round_div(numerator: i128, divisor: i128) -> i64 {
    let half = divisor / 2;
    let rounded = if numerator < 0 { -((-numerator + half) / divisor) } else { (numerator + half) / divisor };
    rounded as i64
}

#[cfg(test)]
mod tests {
    use crate::round::round_div;

    #[test]
    fn halves_go_away_from_zero() {
        let cases =
            [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (15, 10, 2), (7, 3, 2), (3, 7, 0), (4, 7, 1)];
        for (numerator, divisor, expected) in cases {
            assert_eq!(round_div(numerator, divisor), expected, "{numerator}/{divisor}");
        }
    }
}
