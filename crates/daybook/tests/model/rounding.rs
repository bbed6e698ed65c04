//! Cash rounding and items of the model.

use super::Amount;
use super::ask::{Ask, CheckResult, ensure};
use ledger::entry::{Body, ChangeShop, Part, SetItem};
use ledger::method::Method;

impl Ask<'_> {
    /// RoundingOutOfRange: the last coin of the shop counts.
    pub fn rounds(&self, method: Method, rounding: i64, moves: i64) -> CheckResult {
        let mut coins = self.entries.iter().filter_map(|entry| match &entry.body {
            Body::RoundingSet(set) => Some(set.coin.0),
            _ => None,
        });
        let coin = coins.next_back().unwrap_or(0);
        let fits = method == Method::Cash && rounding.abs() < coin && moves > 0 && moves % coin == 0;
        ensure("RoundingOutOfRange", rounding == 0 || fits)
    }

    /// NotPermitted, AmountNotPositive, RateOutOfRange.
    pub fn may_set_item(&self, asked: &SetItem) -> CheckResult {
        self.permitted()?;
        ensure("AmountNotPositive", asked.price.is_none_or(|price| price.0 >= 0))?;
        ensure("RateOutOfRange", asked.rate.0 <= 1_000_000)
    }
}

/// The change of the name alone.
pub fn renamed_shop(name: Option<String>) -> ChangeShop {
    ChangeShop { name, ..ChangeShop::default() }
}

/// What the parts take from payments.
pub fn out_of_payments(parts: &[Part]) -> Amount {
    parts.iter().filter(|part| !part.credit).map(|part| part.amount.0).sum()
}
