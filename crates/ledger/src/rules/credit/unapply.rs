//! Un-apply credit: what is applied goes back to its lot. A claim.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::credit_unapplied::CreditUnapplied;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// Credit to un-apply: everything that is applied from the lot to the order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct UnapplyCredit {
    pub lot: Id,
    pub order: Id,
}

impl Case<'_> {
    /// Refusals in order: dates, NotApplied.
    pub(crate) fn unapply_credit(&self, asked: &UnapplyCredit) -> Result<Body, Refusal> {
        self.dated()?;
        let applied = self.account().orders.get(&asked.order).and_then(|order| order.credits.get(&asked.lot));
        if !applied.is_some_and(|applied| applied.remaining().is_positive()) {
            return Err(Refusal::NotApplied { lot: asked.lot.clone(), order: asked.order.clone() });
        }
        Ok(Body::CreditUnapplied(CreditUnapplied { lot: asked.lot.clone(), order: asked.order.clone() }))
    }
}

impl Fold<'_> {
    /// Posts the mirror of what is applied.
    pub(crate) fn unapply_credit(&mut self, unapplied: &CreditUnapplied) {
        let Some(order) = self.order(&unapplied.order) else { return };
        let mut given_back = Money::ZERO;
        order.change_credit(&unapplied.lot, |applied| {
            given_back = applied.remaining();
            applied.earned -= applied.eligible;
            applied.eligible = Money::ZERO;
            applied.other = Money::ZERO;
        });
        self.lot(&unapplied.lot).back += given_back;
        self.lines.transfer(&self.receivable, &self.credit, given_back);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &UnapplyCredit, body: &Body) -> bool {
    let Body::CreditUnapplied(written) = body else { return false };
    (&asked.lot, &asked.order) == (&written.lot, &written.order)
}

impl Asked for UnapplyCredit {
    fn names(&self) -> Vec<Id> {
        vec![self.lot.clone(), self.order.clone()]
    }
}
