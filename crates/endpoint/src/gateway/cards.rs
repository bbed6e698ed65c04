//! Cards that a customer has saved at the processor, for a form that offers them. The key of the processor stays here.

use std::sync::Arc;

use sync::wire::{Cards, CardsFound};

use super::{CallError, Gateway};
use crate::Endpoint;

/// The most cards that are told.
const MOST: usize = 50;

/// Lets devices of the endpoint read cards from a gateway. Only the first call counts.
pub(super) fn offer(endpoint: &Endpoint, gateway: &Arc<dyn Gateway>) {
    let gateway = Arc::clone(gateway);
    // A second call changes nothing.
    let _ = endpoint.0.cards.set(Box::new(move |number| {
        let gateway = Arc::clone(&gateway);
        Box::pin(async move {
            match gateway.cards(&number).await {
                Ok(mut cards) => {
                    cards.truncate(MOST);
                    Cards { found: CardsFound::Listed, cards }
                }
                Err(CallError::NotThere) => Cards::without(CardsFound::NoCustomer),
                Err(CallError::Refused(_) | CallError::Unknown(_)) => Cards::without(CardsFound::NoAnswer),
            }
        })
    }));
}
