//! The credit leg: the reduction of a sale, spread over its tax groups.

use crate::account::group::Group;
use crate::code::{BookAccount, Code};
use crate::money::Money;
use crate::posting::Lines;

/// Spreads an amount in proportion to the rooms, rounded down; the remaining minor units go to the rooms one each in
/// sequence, none beyond its room. The amount must be at most the sum of the rooms.
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

/// Spreads a credit leg over the values of the returned lines, at most `values` in each group, and what is more than all
/// of them over what is left of the rooms. Without returned lines the values are zero.
pub fn steered(amount: Money, rooms: &[Money], values: &[Money]) -> Vec<Money> {
    let all: Money = values.iter().copied().sum();
    if amount <= all {
        return spread(amount, values);
    }
    let left: Vec<Money> = rooms.iter().zip(values).map(|(room, value)| *room - *value).collect();
    let more = spread(amount - all, &left);
    more.into_iter().zip(values).map(|(part, value)| part + *value).collect()
}

/// Posts a split credit leg: returns and tax against the receivable. Each group posts the difference of its tax
/// credited to date. A leg is undone by posting its split with the opposite sign.
pub fn post_split(
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
    use crate::account::leg::{spread, steered};
    use crate::money::Money;

    #[test]
    fn spread_adds_up_and_exceeds_no_room() {
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

    #[test]
    fn returned_lines_steer_a_leg_and_what_is_more_falls_on_the_rest() {
        let money = |all: &[i64]| all.iter().copied().map(Money).collect::<Vec<_>>();
        let (rooms, values) = (money(&[1_200, 800, 400]), money(&[1_200, 0, 100]));
        for (amount, expected) in [(1_300, [1_200, 0, 100]), (650, [600, 0, 50]), (1_520, [1_200, 160, 160])]
        {
            let parts = steered(Money(amount), &rooms, &values);
            assert_eq!(parts, money(&expected), "{amount}");
        }
        assert_eq!(steered(Money(240), &rooms, &money(&[0, 0, 0])), money(&[120, 80, 40]));
    }
}
