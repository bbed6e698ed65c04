//! Computes tax groups from order lines: tax is rounded once per group.

use crate::entry::order_placed::{Line, TaxGroup};
use crate::money::Money;
use crate::rate::Rate;
use crate::rules::order::asked::{LineAsked, Tax};

pub(super) const fn rate(tax: Tax) -> Rate {
    match tax {
        Tax::None => Rate::ZERO,
        Tax::Inside(rate) | Tax::OnTop(rate) => rate,
    }
}

/// Quantity times unit price, in minor units.
pub(super) fn line_total(line: &LineAsked) -> Money {
    Money(line.unit.0.saturating_mul(i64::from(line.qty)))
}

/// The running sums of one rate. Tax is rounded once for lines that contain it and once for lines that add it; almost
/// all groups have only one of the two.
struct RateSums {
    rate: Rate,
    inside: Money,
    net: Money,
}

impl RateSums {
    fn group(&self) -> TaxGroup {
        let on_top = self.rate.of(self.net);
        TaxGroup {
            rate: self.rate,
            gross: self.inside + self.net + on_top,
            tax: self.rate.inside(self.inside) + on_top,
        }
    }

    /// Adds a line and returns its gross: the growth of the gross of the group, so that the lines add up to the
    /// group.
    fn take(&mut self, line: &LineAsked) -> Money {
        let before = self.group().gross;
        match line.tax {
            Tax::OnTop(_) => self.net += line_total(line),
            Tax::None | Tax::Inside(_) => self.inside += line_total(line),
        }
        self.group().gross - before
    }
}

/// The lines as recorded, and one group per rate in the order in which the rates appear.
pub(crate) fn lines_and_groups(asked: &[LineAsked]) -> (Vec<Line>, Vec<TaxGroup>) {
    let mut sums: Vec<RateSums> = Vec::new();
    let mut lines = Vec::with_capacity(asked.len());
    for line in asked {
        let rate = rate(line.tax);
        let gross = match sums.iter_mut().find(|group| group.rate == rate) {
            Some(group) => group.take(line),
            None => {
                let mut group = RateSums { rate, inside: Money::ZERO, net: Money::ZERO };
                let gross = group.take(line);
                sums.push(group);
                gross
            }
        };
        lines.push(Line { text: line.text.clone(), qty: line.qty, unit: line.unit, gross, rate });
    }
    (lines, sums.iter().map(RateSums::group).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{LineAsked, Tax, lines_and_groups};
    use crate::money::Money;
    use crate::rate::Rate;

    fn line(unit: i64, qty: u32, tax: Tax) -> LineAsked {
        LineAsked { text: "x".into(), qty, unit: Money(unit), tax }
    }

    #[test]
    fn tax_is_rounded_once_per_group_and_lines_add_up_to_it() {
        let rate = Rate::parse("8.25").unwrap();
        let asked =
            [line(333, 1, Tax::OnTop(rate)), line(333, 1, Tax::OnTop(rate)), line(334, 1, Tax::OnTop(rate))];
        let (lines, groups) = lines_and_groups(&asked);
        assert_eq!((groups[0].gross, groups[0].tax), (Money(1083), Money(83)));
        assert_eq!(lines.iter().map(|line| line.gross).sum::<Money>(), Money(1083));
    }

    #[test]
    fn groups_are_in_the_order_of_their_rates() {
        let twenty = Tax::Inside(Rate(200_000));
        let (_, groups) = lines_and_groups(&[line(6_000, 2, twenty), line(3_000, 1, Tax::None)]);
        let figures: Vec<_> = groups.iter().map(|group| (group.gross.0, group.tax.0)).collect();
        assert_eq!(figures, [(12_000, 2_000), (3_000, 0)]);
    }
}
