//! Place an order: a sale to a customer. The order is the invoice and carries its number. A fact.

use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::discount::Discount;
use crate::entry::order_placed::{Line, OrderPartner, OrderPlaced, PartnerRole};
use crate::id::Id;
use crate::limits::{MAX_LINES, MAX_QTY, OverLimit, at_most};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank};
use crate::rules::order::asked::{LineAsked, PlaceOrder, Tax};
use crate::rules::order::lines::{lines_and_groups, list, rate, reduced};

pub(crate) mod asked;
pub(crate) mod collect;
mod lines;
pub(crate) mod plan;

impl PlaceOrder {
    /// The gross of the order and the tax in it, in minor units, as placing it would record them. The amounts must be
    /// within the limits.
    #[must_use]
    pub fn worth(&self) -> (Money, Money) {
        let (_, groups) = lines_and_groups(&self.lines, self.discount);
        (groups.iter().map(|group| group.gross).sum(), groups.iter().map(|group| group.tax).sum())
    }
}

impl Case<'_> {
    /// Refusals in order: UnknownCustomer, UnknownPartner, dates, DiscountTooLarge, AmountNotPositive, RateOutOfRange.
    pub(crate) fn place_order(&self, asked: &PlaceOrder) -> Result<Body, Refusal> {
        self.customer()?;
        let partners = self.partners(asked)?;
        self.dated()?;
        check_discounts(asked)?;
        let priced = |line: &LineAsked| line.qty.is_positive() && line.unit >= Money::ZERO;
        let mut discounts = asked.lines.iter().filter_map(|line| line.less).chain(asked.discount);
        if !asked.lines.iter().all(priced) || !discounts.all(Discount::is_positive) {
            return Err(Refusal::AmountNotPositive);
        }
        self.positive_sum(asked)?;
        if !asked.lines.iter().all(|line| rate(line.tax).in_range()) {
            return Err(Refusal::RateOutOfRange);
        }
        at_most("lines", asked.lines.len(), MAX_LINES).map_err(Refusal::OverLimit)?;
        asked.lines.iter().try_for_each(|line| self.line_within(line))?;
        let (lines, groups) = lines_and_groups(&asked.lines, asked.discount);
        self.within(groups.iter().map(|group| group.gross).sum())?;
        Ok(Body::OrderPlaced(OrderPlaced {
            lines,
            groups,
            partners: if asked.opening { Vec::new() } else { partners },
            due: asked.due,
            reference: non_blank(asked.reference.as_ref()),
            opening: asked.opening,
            discount: asked.discount,
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

    /// Check: unit price, quantity and line total are within their limits, so that the sums cannot overflow.
    fn line_within(&self, line: &LineAsked) -> Result<(), Refusal> {
        self.within(line.unit)?;
        let over = Refusal::OverLimit(OverLimit { what: "quantity", most: u64::from(MAX_QTY) });
        if line.qty > Quantity::MAX { Err(over) } else { self.within(list(line.qty, line.unit)) }
    }

    /// Check: the lines come to something after all discounts; single lines may be free.
    fn positive_sum(&self, asked: &PlaceOrder) -> Result<(), Refusal> {
        let sum: Money = asked.lines.iter().map(reduced).sum();
        let off = asked.discount.map_or(Money::ZERO, |discount| discount.of(sum));
        if (sum - off).is_positive() { Ok(()) } else { Err(Refusal::AmountNotPositive) }
    }
}

/// Check: no discount is more than its line, and that of the order is not more than all lines.
fn check_discounts(asked: &PlaceOrder) -> Result<(), Refusal> {
    let fits = |discount: Option<Discount>, most: Money| {
        let Some(discount) = discount else { return Ok(()) };
        let is_share = !matches!(discount, Discount::Percent(rate) if !rate.in_range());
        let off = discount.of(most);
        if off <= most && is_share { Ok(()) } else { Err(Refusal::DiscountTooLarge { discount: off, most }) }
    };
    asked.lines.iter().try_for_each(|line| fits(line.less, list(line.qty, line.unit)))?;
    fits(asked.discount, asked.lines.iter().map(reduced).sum())
}

impl Fold<'_> {
    /// Dr 1100 G; Cr 4000 N; Cr 2200 X. An opening order: Dr 1100, Cr 3000.
    pub(crate) fn place_order(&mut self, placed: &OrderPlaced) {
        let order = Order::placed(self.entry, placed, &mut self.account.rates);
        if placed.opening {
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::OpeningBalances), order.gross);
        } else {
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::Sales), order.net);
            for group in &order.groups {
                self.lines.transfer(&self.receivable, &group.account, group.tax);
            }
        }
        self.insert_order(&self.entry.id, order);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &PlaceOrder, body: &Body) -> bool {
    let Body::OrderPlaced(placed) = body else { return false };
    let lines = asked.lines.len() == placed.lines.len()
        && asked.lines.iter().zip(&placed.lines).all(|(asked, placed)| {
            (&asked.text, asked.qty, asked.unit, asked.less)
                == (&placed.text, placed.qty, placed.unit, placed.less)
        });
    let named = [&asked.lead, &asked.sale].into_iter().flatten();
    let partners = asked.opening || named.eq(placed.partners.iter().map(|partner| &partner.id));
    let taxed = || {
        let (lines, groups) = lines_and_groups(&asked.lines, asked.discount);
        lines == placed.lines && groups == placed.groups
    };
    let rest = (asked.due, asked.opening, asked.discount) == (placed.due, placed.opening, placed.discount)
        && non_blank(asked.reference.as_ref()) == placed.reference;
    lines && taxed() && partners && rest
}

/// The input that would record the order again.
impl From<&OrderPlaced> for PlaceOrder {
    fn from(placed: &OrderPlaced) -> Self {
        let partner = |role: PartnerRole| {
            placed.partners.iter().find(|partner| partner.role == role).map(|partner| partner.id.clone())
        };
        Self {
            lines: placed.lines.iter().map(LineAsked::from).collect(),
            lead: partner(PartnerRole::Lead),
            sale: partner(PartnerRole::Sale),
            due: placed.due,
            reference: placed.reference.clone(),
            opening: placed.opening,
            discount: placed.discount,
        }
    }
}

/// Version 1 did not record the tax mode: if the gross of a line is above unit price · quantity, tax was added on top.
impl From<&Line> for LineAsked {
    fn from(line: &Line) -> Self {
        let on_top = line.on_top || line.gross > list(line.qty, line.unit);
        let tax = match line.rate {
            rate if on_top => Tax::OnTop(rate),
            rate if rate.0 > 0 => Tax::Inside(rate),
            _ => Tax::None,
        };
        Self { text: line.text.clone(), qty: line.qty, unit: line.unit, tax, less: line.less }
    }
}

impl Asked for PlaceOrder {}
