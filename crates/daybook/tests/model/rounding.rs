//! Cash rounding of the model.

use super::Amount;
use super::ask::{Ask, CheckResult, ensure};
use ledger::entry::{Body, Part};
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
}

/// What the parts take from payments.
pub fn out_of_payments(parts: &[Part]) -> Amount {
    parts.iter().filter(|part| !part.credit).map(|part| part.amount.0).sum()
}
