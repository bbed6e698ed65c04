//! The check of cash rounding that payments, refunds and pay-outs share.

use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Check: only cash is rounded, by less than the smallest coin of the shop, and what moves is above zero and a
    /// multiple of the coin. A rounding of zero is none. All amounts are in minor units.
    pub(crate) fn rounds(&self, method: Method, rounding: Money, moves: Money) -> Result<(), Refusal> {
        if rounding.is_zero() {
            return Ok(());
        }
        let coin = self.cx.shop.coin;
        let less_than_coin = rounding.0.unsigned_abs() < coin.0.unsigned_abs();
        let in_coins = moves.0.checked_rem(coin.0) == Some(0);
        if method == Method::Cash && less_than_coin && in_coins && moves.is_positive() {
            return self.within(moves);
        }
        Err(Refusal::RoundingOutOfRange { rounding, moves, coin })
    }
}
