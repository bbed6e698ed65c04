//! Decides on an order: lines into tax groups, partners with the rates of the day.

use super::{Line, LineAsked, OrderPartner, OrderPlaced, PartnerRole, PlaceOrder, Tax, TaxGroup};
use crate::body::Body;
use crate::decide::Case;
use crate::id::Id;
use crate::limits::{MAX_LINES, MAX_QTY, OverLimit, at_most};
use crate::money::Money;
use crate::rate::Rate;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownCustomer, UnknownPartner, dates, AmountNotPositive, RateOutOfRange.
    pub(crate) fn place_order(&self, asked: &PlaceOrder) -> Result<Body, Refusal> {
        self.customer()?;
        let partners = self.partners(asked)?;
        self.dated()?;
        let priced = |line: &LineAsked| line.qty > 0 && line.unit.is_positive();
        if asked.lines.is_empty() || !asked.lines.iter().all(priced) {
            return Err(Refusal::AmountNotPositive);
        }
        if !asked.lines.iter().all(|line| rate(line.tax).in_range()) {
            return Err(Refusal::RateOutOfRange);
        }
        at_most("lines", asked.lines.len(), MAX_LINES).map_err(Refusal::OverLimit)?;
        asked.lines.iter().try_for_each(|line| self.line_within(line))?;
        let (lines, groups) = lines_and_groups(&asked.lines);
        self.within(groups.iter().map(|group| group.gross).sum())?;
        Ok(Body::OrderPlaced(OrderPlaced {
            lines,
            groups,
            partners: if asked.opening { Vec::new() } else { partners },
            due: asked.due,
            reference: crate::decide::written(asked.reference.as_ref()),
            opening: asked.opening,
        }))
    }

    fn partners(&self, asked: &PlaceOrder) -> Result<Vec<OrderPartner>, Refusal> {
        let roles = [(PartnerRole::Lead, &asked.lead), (PartnerRole::Sale, &asked.sale)];
        let named = roles.into_iter().filter_map(|(role, id)| id.as_ref().map(|id| (role, id)));
        named.map(|(role, id)| self.partner(role, id)).collect()
    }

    fn partner(&self, role: PartnerRole, id: &Id) -> Result<OrderPartner, Refusal> {
        let unknown = || Refusal::UnknownPartner { partner: id.clone() };
        let partner = self.cx.shop.partners.get(id).ok_or_else(unknown)?;
        Ok(OrderPartner { role, id: id.clone(), rate: partner.rate, basis: partner.basis })
    }

    /// So that the sums below stay within their type.
    fn line_within(&self, line: &LineAsked) -> Result<(), Refusal> {
        self.within(line.unit)?;
        let over = Refusal::OverLimit(OverLimit { what: "quantity", most: u64::from(MAX_QTY) });
        if line.qty > MAX_QTY { Err(over) } else { self.within(extended(line)) }
    }
}

const fn rate(tax: Tax) -> Rate {
    match tax {
        Tax::None => Rate::ZERO,
        Tax::Inside(rate) | Tax::OnTop(rate) => rate,
    }
}

/// Quantity times unit price.
fn extended(line: &LineAsked) -> Money {
    Money(line.unit.0.saturating_mul(i64::from(line.qty)))
}

/// The lines of one rate while they are added up. Tax is rounded once for what has it inside and once for what
/// has it on top; nearly always a group has only one of the two.
struct Adding {
    rate: Rate,
    inside: Money,
    net: Money,
}

impl Adding {
    fn group(&self) -> TaxGroup {
        let on_top = self.rate.of(self.net);
        TaxGroup {
            rate: self.rate,
            gross: self.inside + self.net + on_top,
            tax: self.rate.inside(self.inside) + on_top,
        }
    }

    /// Takes a line; its gross is what the group's gross grew by, so that the lines add up to the group.
    fn take(&mut self, line: &LineAsked) -> Money {
        let before = self.group().gross;
        match line.tax {
            Tax::OnTop(_) => self.net += extended(line),
            Tax::None | Tax::Inside(_) => self.inside += extended(line),
        }
        self.group().gross - before
    }
}

/// Lines as written, and one group a rate in the order in which the rates appear.
pub(crate) fn lines_and_groups(asked: &[LineAsked]) -> (Vec<Line>, Vec<TaxGroup>) {
    let mut adding: Vec<Adding> = Vec::new();
    let mut lines = Vec::with_capacity(asked.len());
    for line in asked {
        let rate = rate(line.tax);
        let gross = match adding.iter_mut().find(|group| group.rate == rate) {
            Some(group) => group.take(line),
            None => {
                let mut group = Adding { rate, inside: Money::ZERO, net: Money::ZERO };
                let gross = group.take(line);
                adding.push(group);
                gross
            }
        };
        lines.push(Line { text: line.text.clone(), qty: line.qty, unit: line.unit, gross, rate });
    }
    (lines, adding.iter().map(Adding::group).collect())
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
    fn tax_is_rounded_once_a_group_and_lines_add_up_to_it() {
        let rate = Rate::parse("8.25").unwrap();
        let asked =
            [line(333, 1, Tax::OnTop(rate)), line(333, 1, Tax::OnTop(rate)), line(334, 1, Tax::OnTop(rate))];
        let (lines, groups) = lines_and_groups(&asked);
        assert_eq!((groups[0].gross, groups[0].tax), (Money(1083), Money(83)));
        assert_eq!(lines.iter().map(|line| line.gross).sum::<Money>(), Money(1083));
    }

    #[test]
    fn groups_stand_in_the_order_of_their_rates() {
        let twenty = Tax::Inside(Rate(200_000));
        let (_, groups) = lines_and_groups(&[line(6_000, 2, twenty), line(3_000, 1, Tax::None)]);
        let figures: Vec<_> = groups.iter().map(|group| (group.gross.0, group.tax.0)).collect();
        assert_eq!(figures, [(12_000, 2_000), (3_000, 0)]);
    }
}
