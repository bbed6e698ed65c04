//! Computes lines and tax groups of an order: discounts first, then tax, rounded once per group.

use crate::account::leg::spread;
use crate::entry::discount::Discount;
use crate::entry::order_placed::{Line, TaxGroup};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::round::round_div;
use crate::rules::order::asked::{LineAsked, Tax};

pub(super) const fn rate(tax: Tax) -> Rate {
    match tax {
        Tax::None => Rate::ZERO,
        Tax::Inside(rate) | Tax::OnTop(rate) => rate,
    }
}

const fn is_on_top(tax: Tax) -> bool {
    matches!(tax, Tax::OnTop(_))
}

/// list = round(quantity · unit), in minor units. Far above every limit it stays at a value of which an order's lines can
/// be added.
pub(super) fn list(qty: Quantity, unit: Money) -> Money {
    let most = i128::from(i64::MAX / 256);
    let whole = i128::from(unit.0) * i128::from(qty.0);
    let one = i128::from(Quantity::ONE.0);
    Money(round_div(whole.clamp(-most * one, most * one), one))
}

/// The list price of a line, less its own discount, in minor units.
pub(super) fn reduced(line: &LineAsked) -> Money {
    let list = list(line.qty, line.unit);
    list - line.less.map_or(Money::ZERO, |less| less.of(list))
}

/// The lines as recorded, and one group per rate and mode, in the order in which they appear. Discounts are at most what
/// they are taken off. A group that comes to nothing is left out.
pub(crate) fn lines_and_groups(
    asked: &[LineAsked],
    discount: Option<Discount>,
) -> (Vec<Line>, Vec<TaxGroup>) {
    let mut amounts: Vec<Money> = asked.iter().map(reduced).collect();
    if let Some(discount) = discount {
        let all: Money = amounts.iter().copied().sum();
        let off = spread(discount.of(all).min(all), &amounts);
        amounts.iter_mut().zip(off).for_each(|(amount, off)| *amount -= off);
    }
    let mut groups: Vec<TaxGroup> = Vec::new();
    for line in asked {
        let (rate, on_top) = (rate(line.tax), is_on_top(line.tax));
        if !groups.iter().any(|group| (group.rate, group.on_top) == (rate, on_top)) {
            groups.push(TaxGroup { rate, gross: Money::ZERO, tax: Money::ZERO, on_top });
        }
    }
    let mut lines: Vec<Line> =
        asked.iter().zip(&amounts).map(|(line, amount)| priced(line, *amount)).collect();
    for group in &mut groups {
        add_tax(group, &mut lines);
    }
    groups.retain(|group| group.gross.is_positive());
    (lines, groups)
}

/// The line before tax on top is added to its gross.
fn priced(line: &LineAsked, gross: Money) -> Line {
    let LineAsked { text, qty, unit, tax, less } = line;
    let (text, rate, on_top) = (text.clone(), rate(*tax), is_on_top(*tax));
    Line { text, qty: *qty, unit: *unit, less: *less, gross, rate, on_top }
}

/// Sums the lines of a group and rounds its tax; tax on top is spread over them by their nets.
fn add_tax(group: &mut TaxGroup, lines: &mut [Line]) {
    let amounts: Vec<Money> =
        lines.iter().map(|line| if line.is_of(group) { line.gross } else { Money::ZERO }).collect();
    group.gross = amounts.iter().copied().sum();
    if group.on_top {
        group.tax = group.rate.of(group.gross);
        let taxes = spread(group.tax, &amounts);
        lines.iter_mut().zip(taxes).for_each(|(line, tax)| line.gross += tax);
        group.gross += group.tax;
    } else {
        group.tax = group.rate.inside(group.gross);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Discount, LineAsked, Money, Quantity, Rate, Tax, lines_and_groups};

    fn line(unit: i64, qty: &str, tax: Tax) -> LineAsked {
        let qty = Quantity::parse(qty).unwrap();
        LineAsked { text: "x".into(), qty, unit: Money(unit), tax, less: None }
    }

    /// The grosses of the lines, and the gross and tax of each group.
    fn figures(asked: &[LineAsked], discount: Option<Discount>) -> (Vec<i64>, Vec<(i64, i64)>) {
        let (lines, groups) = lines_and_groups(asked, discount);
        let groups = groups.iter().map(|group| (group.gross.0, group.tax.0)).collect();
        (lines.iter().map(|line| line.gross.0).collect(), groups)
    }

    #[test]
    fn tax_is_rounded_once_per_group_and_lines_add_up_to_it() {
        let on_top = Tax::OnTop(Rate::parse("8.25").unwrap());
        let asked = [333, 333, 334].map(|unit| line(unit, "1", on_top));
        assert_eq!(figures(&asked, None), (vec![361, 361, 361], vec![(1_083, 83)]));
    }

    #[test]
    fn groups_are_in_the_order_of_their_rates_and_modes() {
        let (inside, on_top) = (Tax::Inside(Rate(200_000)), Tax::OnTop(Rate(200_000)));
        let asked = [line(6_000, "2", inside), line(3_000, "1", Tax::None), line(1_000, "1", on_top)];
        let groups = vec![(12_000, 2_000), (3_000, 0), (1_200, 200)];
        assert_eq!(figures(&asked, None), (vec![12_000, 3_000, 1_200], groups));
    }

    #[test]
    fn discounts_of_lines_come_first_and_that_of_the_order_is_spread() {
        let (twenty, five) = (Tax::Inside(Rate(200_000)), Tax::Inside(Rate(50_000)));
        let ten = Some(Discount::Percent(Rate(100_000)));
        let jacket = LineAsked { less: ten, ..line(8_000, "1", twenty) };
        let whole = Some(Discount::Percent(Rate(1_000_000)));
        let sticker = LineAsked { less: whole, ..line(100, "1", Tax::None) };
        let asked = [jacket, line(500, "3", twenty), line(2_000, "0.350", five), sticker];
        let groups = vec![(7_830, 1_305), (630, 30)];
        assert_eq!(figures(&asked, ten), (vec![6_480, 1_350, 630, 0], groups));
    }

    #[test]
    fn a_discount_on_prices_with_tax_on_top_is_net() {
        let on_top = Tax::OnTop(Rate(200_000));
        let asked = [line(1_001, "1", on_top), line(999, "1", on_top)];
        let (lines, groups) = figures(&asked, Some(Discount::Amount(Money(101))));
        assert_eq!((lines.iter().sum::<i64>(), groups), (2_279, vec![(2_279, 380)]));
        assert_eq!(lines, [1_141, 1_138]);
    }
}
