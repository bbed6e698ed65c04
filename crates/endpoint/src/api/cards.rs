//! Saved cards at the card processor: a device that may record entries asks for those of a customer.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use sync::wire::{AskCards, Cards, CardsFound};

use crate::api::answer::{Answer, json};
use crate::api::body::query;
use crate::api::mails::may_send;
use crate::api::rates::Kind;
use crate::api::state::Endpoint;

/// `GET /v1/shops/{shop}/cards`.
pub async fn cards(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    // Each asks the processor, so they are counted as what is sent.
    let member = endpoint.counted_member(Kind::Push, &shop, &headers)?;
    let AskCards { number } = query(&uri)?;
    endpoint.0.store.reading(move |tx| may_send(tx, &member)).await??;
    let reader = endpoint.0.cards.get().filter(|_| endpoint.refunds_of(&shop));
    let Some(reader) = reader else { return json(&Cards::without(CardsFound::NoProcessor)) };
    json(&reader(number).await)
}
