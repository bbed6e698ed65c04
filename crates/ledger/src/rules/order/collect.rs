//! Collect the instalments of an order from a saved card, or no longer. A claim that posts nothing.

use crate::account::fold::Fold;
use crate::account::order::Collecting;
use crate::entry::Body;
use crate::entry::collection_set::{Agreement, CollectionSet, MAX_COLLECTION_ID, StopReason};
use crate::id::Id;
use crate::limits::at_most;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// What is to become of the collection of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct SetCollection {
    /// The order.
    pub order: Id,
    /// What it is set to.
    pub to: CollectTo,
}

/// What the collection of an order is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectTo {
    /// The customer has agreed that the instalments are collected from the saved card, and is told so many days before each.
    On {
        /// Days, 0 for no notice.
        notice: u8,
    },
    /// Nothing is collected any more.
    Off,
    /// An endpoint cannot go on.
    Stopped(StopReason),
}

impl Case<'_> {
    /// Refusals in order: UnknownOrder; to switch it on NoPlan, AmountNotPositive (nothing is owed), NoSavedCard and OverLimit; otherwise
    /// NotCollecting.
    pub(crate) fn set_collection(&self, asked: &SetCollection) -> Result<Body, Refusal> {
        let order = self.known_order(&asked.order)?;
        let set = |agreed, stopped| CollectionSet { order: asked.order.clone(), agreed, stopped };
        let is_set = order.collecting.is_some();
        let body = match asked.to {
            CollectTo::On { notice } => {
                let no_plan = || Refusal::NoPlan { order: asked.order.clone() };
                let plan = order.planned.clone().ok_or_else(no_plan)?;
                self.positive(order.owed())?;
                let saved = self.account().customer.as_ref().and_then(|customer| customer.card.clone());
                let card = saved.ok_or(Refusal::NoSavedCard)?;
                at_most("id", self.id.as_str().len(), MAX_COLLECTION_ID).map_err(Refusal::OverLimit)?;
                set(Some(Agreement { plan, card, notice }), None)
            }
            CollectTo::Off if is_set => set(None, None),
            CollectTo::Stopped(why) if is_set => set(None, Some(why)),
            CollectTo::Off | CollectTo::Stopped(_) => {
                return Err(Refusal::NotCollecting { order: asked.order.clone() });
            }
        };
        Ok(Body::CollectionSet(body))
    }
}

impl Fold<'_> {
    /// Posts nothing. An agreement about a plan that is not the last one has no effect.
    pub(crate) fn set_collection(&mut self, set: &CollectionSet) {
        let (id, on) = (self.entry.id.clone(), self.entry.on);
        let actor = self.entry.actor.clone();
        let Some(order) = self.account.orders.get_mut(&set.order) else { return };
        order.collecting = match (&set.agreed, set.stopped) {
            (Some(agreed), _) if order.planned.as_ref() == Some(&agreed.plan) => {
                Some(Collecting { id, on, actor, agreed: Some(agreed.clone()), stopped: None })
            }
            (Some(_), _) | (None, None) => None,
            (None, stopped) => Some(Collecting { id, on, actor, agreed: None, stopped }),
        };
        if order.collecting.is_some() {
            self.account.collecting.insert(set.order.clone());
        } else {
            self.account.collecting.remove(&set.order);
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SetCollection, body: &Body) -> bool {
    let Body::CollectionSet(written) = body else { return false };
    let is_alike = match asked.to {
        CollectTo::On { notice } => written.agreed.as_ref().is_some_and(|agreed| agreed.notice == notice),
        CollectTo::Off => written.agreed.is_none() && written.stopped.is_none(),
        CollectTo::Stopped(why) => written.stopped == Some(why),
    };
    asked.order == written.order && is_alike
}

impl Asked for SetCollection {
    fn names(&self) -> Vec<Id> {
        vec![self.order.clone()]
    }
}
