//! The credit leg: what makes a sale smaller, spread over its tax groups.

use crate::act::order::TaxGroup;
use crate::code::{BookAccount, Code};
use crate::money::Money;
use crate::posting::Lines;
use crate::rate::Rate;
use crate::round::round_div;
use serde::Serialize;

/// One tax group of an order and what has been credited in it.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    #[serde(skip)]
    pub account: BookAccount,
    /// G_g.
    pub gross: Money,
    /// X_g.
    pub tax: Money,
    /// K_g.
    pub credited: Money,
    /// M_g: the legs still standing whose clawback-credit box was marked.
    pub marked: Money,
}

impl Group {
    /// A group as placed, with the account of its rate from those met so far.
    pub fn new(group: &TaxGroup, rates: &mut Vec<(Rate, BookAccount)>) -> Self {
        let account = match rates.iter().find(|(rate, _)| *rate == group.rate) {
            Some((_, account)) => account.clone(),
            None => {
                let account = BookAccount::kept_by(Code::SalesTax, &group.rate.to_string());
                rates.push((group.rate, account.clone()));
                account
            }
        };
        Self { account, gross: group.gross, tax: group.tax, credited: Money::ZERO, marked: Money::ZERO }
    }

    /// What may still be credited in it.
    pub fn room(&self) -> Money {
        self.gross - self.credited
    }

    /// The tax in a part of the gross: round(X_g·part/G_g).
    pub fn tax_in(&self, part: Money) -> Money {
        if self.gross.is_zero() {
            return Money::ZERO;
        }
        Money(round_div(i128::from(self.tax.0) * i128::from(part.0), i128::from(self.gross.0)))
    }

    /// Tax credited to date.
    pub fn tax_credited(&self) -> Money {
        self.tax_in(self.credited)
    }
}

/// Spreads an amount in proportion to the rooms, rounded down; the left-over minor units go to them in sequence.
/// The amount is at most the sum of the rooms.
pub fn spread(amount: Money, rooms: &[Money]) -> Vec<Money> {
    let total: Money = rooms.iter().copied().sum();
    if !total.is_positive() {
        return vec![Money::ZERO; rooms.len()];
    }
    let share =
        |room: &Money| (i128::from(amount.0) * i128::from(room.0)).div_euclid(i128::from(total.0)) as i64;
    let mut parts: Vec<Money> = rooms.iter().map(|room| Money(share(room))).collect();
    let mut left = amount.0 - parts.iter().map(|part| part.0).sum::<i64>();
    for (part, room) in parts.iter_mut().zip(rooms) {
        let one = left.min(1).min(room.0 - part.0).max(0);
        part.0 += one;
        left -= one;
    }
    parts
}

/// Posts a leg with its split: returns and tax against the receivable; each group posts the difference of its
/// tax credited to date. Undoing a leg is the leg with every part negative.
pub fn post(
    groups: &mut [Group],
    split: &[Money],
    marked: bool,
    receivable: &BookAccount,
    lines: &mut Lines,
) {
    let returns = BookAccount::of(Code::Returns);
    for (group, part) in groups.iter_mut().zip(split) {
        let before = group.tax_credited();
        group.credited += *part;
        group.marked += if marked { *part } else { Money::ZERO };
        let tax = group.tax_credited() - before;
        lines.transfer(&returns, receivable, *part - tax);
        lines.transfer(&group.account, receivable, tax);
    }
}

#[cfg(test)]
mod tests {
    use super::spread;
    use crate::money::Money;

    #[test]
    fn spreads_all_of_it_and_never_beyond_a_room() {
        let cases: [(i64, &[i64], &[i64]); 6] = [
            (5000, &[12_000, 3_000], &[4_000, 1_000]),
            (1, &[1, 1], &[1, 0]),
            (3, &[2, 2], &[2, 1]),
            (100, &[33, 33, 34], &[33, 33, 34]),
            (2, &[0, 5, 5], &[0, 1, 1]),
            (0, &[5], &[0]),
        ];
        for (amount, rooms, expected) in cases {
            let rooms: Vec<_> = rooms.iter().copied().map(Money).collect();
            let parts: Vec<_> = spread(Money(amount), &rooms).iter().map(|part| part.0).collect();
            assert_eq!(parts, expected, "{amount} over {rooms:?}");
        }
    }
}
