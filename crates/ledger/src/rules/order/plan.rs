//! Plan an order: what it owes is due in instalments, or on another day. A claim.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::order_planned::{Instalment, OrderPlanned};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// A plan for what an order owes. One instalment is a new due date.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PlanOrder {
    pub order: Id,
    /// In the order of their dates; together what the order owes now.
    pub instalments: Vec<Instalment>,
}

impl Case<'_> {
    /// Refusals in order: UnknownOrder, AmountNotPositive, PlanOutOfOrder, PlanDoesNotAddUp. A plan has no business date
    /// of its own.
    pub(crate) fn plan_order(&self, asked: &PlanOrder) -> Result<Body, Refusal> {
        let owed = self.known_order(&asked.order)?.owed();
        if asked.instalments.is_empty() {
            return Err(Refusal::AmountNotPositive);
        }
        asked.instalments.iter().try_for_each(|part| self.positive(part.amount))?;
        let pairs = asked.instalments.iter().zip(asked.instalments.iter().skip(1));
        if let Some((_, late)) = pairs.into_iter().find(|(one, next)| next.due <= one.due) {
            return Err(Refusal::PlanOutOfOrder { due: late.due });
        }
        let planned: Money = asked.instalments.iter().map(|part| part.amount).sum();
        if planned != owed {
            return Err(Refusal::PlanDoesNotAddUp { order: asked.order.clone(), planned, owed });
        }
        let PlanOrder { order, instalments } = asked.clone();
        Ok(Body::OrderPlanned(OrderPlanned { order, instalments }))
    }
}

impl Fold<'_> {
    /// Posts nothing.
    pub(crate) fn plan_order(&mut self, planned: &OrderPlanned) {
        self.plan(&planned.order, planned.instalments.clone());
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &PlanOrder, body: &Body) -> bool {
    let Body::OrderPlanned(written) = body else { return false };
    (&asked.order, &asked.instalments) == (&written.order, &written.instalments)
}

impl Asked for PlanOrder {
    fn names(&self) -> Vec<Id> {
        vec![self.order.clone()]
    }
}
