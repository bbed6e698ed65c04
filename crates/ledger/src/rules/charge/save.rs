//! Save the payment method of a customer, as the card processor knows it. A claim.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::card_saved::SaveCard;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusal: UnknownCustomer. What is not an id of the processor is over the limits of the entry.
    pub(crate) fn save_card(&self, asked: &SaveCard) -> Result<Body, Refusal> {
        let here = self.account().customer.as_ref().is_some_and(|customer| customer.id == asked.customer);
        if here {
            Ok(Body::CardSaved(asked.clone()))
        } else {
            Err(Refusal::UnknownCustomer { customer: asked.customer.clone() })
        }
    }
}

impl Fold<'_> {
    /// Posts nothing. The last one in order counts.
    pub(crate) fn save_card(&mut self, saved: &SaveCard) {
        if let Some(customer) = &mut self.account.customer {
            customer.card.clone_from(&saved.card);
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SaveCard, body: &Body) -> bool {
    matches!(body, Body::CardSaved(written) if written == asked)
}

impl Asked for SaveCard {
    fn documents(&self) -> Vec<Id> {
        vec![self.customer.clone()]
    }
}
