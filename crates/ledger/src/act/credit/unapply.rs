//! Un-apply credit: what is still applied goes back to its lot. A claim.

use crate::account::fold::Fold;
use crate::body::Body;
use crate::decide::Case;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Gives back to a lot what is still applied from it to an order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct UnapplyCredit {
    pub lot: Id,
    pub order: Id,
}

/// `credit.unapplied`: gives back whatever is still applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditUnapplied {
    pub lot: Id,
    pub order: Id,
}

impl Case<'_> {
    /// Dates, NotApplied.
    pub(crate) fn unapply_credit(&self, asked: &UnapplyCredit) -> Result<Body, Refusal> {
        self.dated()?;
        let applied = self.account().orders.get(&asked.order).and_then(|order| order.credits.get(&asked.lot));
        if !applied.is_some_and(|applied| applied.still().is_positive()) {
            return Err(Refusal::NotApplied { lot: asked.lot.clone(), order: asked.order.clone() });
        }
        Ok(Body::CreditUnapplied(CreditUnapplied { lot: asked.lot.clone(), order: asked.order.clone() }))
    }
}

impl Fold<'_> {
    /// The mirror of what is still applied.
    pub(crate) fn unapply_credit(&mut self, unapplied: &CreditUnapplied) {
        let Some(order) = self.order(&unapplied.order) else { return };
        let mut given_back = Money::ZERO;
        order.change_applied(&unapplied.lot, |applied| {
            given_back = applied.still();
            applied.earned -= applied.eligible;
            applied.eligible = Money::ZERO;
            applied.other = Money::ZERO;
        });
        self.lot(&unapplied.lot).back += given_back;
        self.lines.transfer(&self.receivable, &self.credit, given_back);
    }
}
