//! Cash rounding: what is handed over in coins for an amount that counts.

use ledger::method::Method;
use ledger::money::Money;

/// What is handed over for an amount, in minor units: in cash the nearest multiple of the shop's smallest coin, half of it upwards, unless
/// that is nothing. `coin` is zero where cash is not rounded.
#[must_use]
pub fn moves(method: Method, counts: Money, coin: Money) -> Money {
    if method != Method::Cash || !coin.is_positive() {
        return counts;
    }
    let whole = Money((counts.0 + coin.0 / 2).div_euclid(coin.0) * coin.0);
    if whole.is_positive() { whole } else { counts }
}

/// What is handed over and what it is rounded by, below zero where more is handed over; `None` where nothing is rounded.
#[must_use]
pub fn rounded(method: Method, counts: Money, coin: Money) -> Option<(Money, Money)> {
    let moves = moves(method, counts, coin);
    (moves != counts).then(|| (moves, counts - moves))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cash_moves_in_coins_and_other_money_does_not() {
        let five =
            |method, counts| rounded(method, Money(counts), Money(5)).map(|(moves, by)| (moves.0, by.0));
        assert_eq!(five(Method::Cash, 752), Some((750, 2)));
        assert_eq!(five(Method::Cash, 753), Some((755, -2)));
        assert_eq!(five(Method::Cash, 750), None);
        assert_eq!(five(Method::Cash, 2), None, "nothing cannot be handed over");
        assert_eq!(five(Method::Card, 752), None);
        assert_eq!(rounded(Method::Cash, Money(752), Money::ZERO), None);
    }
}
