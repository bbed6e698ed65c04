//! `collection.set`: the instalments of an order are collected from a saved card on the days when they fall due, or no longer. It posts
//! nothing: each instalment is asked for by a `charge.asked` of its own.

use crate::date::Date;
use crate::entry::card_saved::SavedCard;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::limits::{OverLimit, at_most};
use serde::{Deserialize, Serialize};

/// The most days before an instalment on which the customer is told of it.
pub const MAX_NOTICE: u8 = 30;

/// The name of the limit on the days of the notice.
pub const NOTICE: &str = "days of notice";

/// What the customer has agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The entry of the plan. Another plan needs another agreement.
    pub plan: Id,
    /// What is charged. Another card needs another agreement.
    pub card: SavedCard,
    /// How many days before an instalment the customer is told of it by mail, at most [`MAX_NOTICE`]; 0 for not at all.
    pub notice: u8,
}

/// Why an endpoint has stopped collecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopReason {
    /// An instalment was declined, and declined again each time that it was tried again.
    Declined,
    /// The bank wants the customer to approve the charge.
    Approve,
    /// The saved card is no longer the one that the customer has agreed to.
    Card,
    /// An instalment was not asked for within a week after it fell due, because no endpoint ran or its clock was wrong.
    Missed,
    /// A payment of the order is disputed.
    Disputed,
    /// A person has canceled a charge of the plan.
    Canceled,
}

/// The content of `collection.set`: the last one of an order counts. Neither an agreement nor a reason: a person has switched it off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionSet {
    /// The order.
    pub order: Id,
    /// What is collected from now on; `None` if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreement>,
    /// Why an endpoint has stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

impl Content for CollectionSet {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.order);
        self.agreed.iter().for_each(|agreed| visit(&agreed.plan));
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.agreed.iter().filter_map(|agreed| agreed.card.shown.as_deref()).for_each(visit);
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        let Some(agreed) = &self.agreed else { return Ok(()) };
        at_most(NOTICE, usize::from(agreed.notice), usize::from(MAX_NOTICE))?;
        agreed.card.check_limits()
    }

    fn summary(&self) -> Summary<'_> {
        // With an agreement there is always a text, because the history tells by it whether this switches on.
        let note =
            self.agreed.as_ref().map(|agreed| agreed.card.shown.as_deref().unwrap_or(&agreed.card.method));
        Summary { orders: vec![&self.order], note, ..Summary::default() }
    }
}

/// The start of the id of a charge that an endpoint asks for by itself.
const CHARGE: &str = "collect-";

/// The longest id of a `collection.set` from which the ids of charges can be made.
pub const MAX_COLLECTION_ID: usize = 40;

/// The ids of the charge of an instalment that is due on a day, and of the payment that it becomes. `attempt` counts from 0. They are the
/// same at each endpoint and after a restart, so an instalment is asked for once. `None` for an id that is too long.
#[must_use]
pub fn charge_ids(collection: &Id, due: Date, attempt: u32) -> Option<(Id, Id)> {
    let day = due.to_string().replace('-', "");
    let charge = Id::new(&format!("{CHARGE}{collection}-{day}-{attempt}")).ok()?;
    let payment = Id::new(&format!("{charge}p")).ok()?;
    Some((charge, payment))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_charges_fit_the_longest_id_of_a_collection() {
        let due = Date::parse("2026-04-01").unwrap();
        let id = |text: &str| Id::new(text).unwrap();
        let ids = charge_ids(&id("C-1"), due, 2);
        assert_eq!(ids, Some((id("collect-C-1-20260401-2"), id("collect-C-1-20260401-2p"))));
        let longest = id(&"x".repeat(MAX_COLLECTION_ID));
        assert!(charge_ids(&longest, due, 99_999).is_some());
        assert!(charge_ids(&id(&"x".repeat(64)), due, 0).is_none());
    }
}
