//! `POST /v1/webhooks/stripe`: the card processor says that something has happened there.

use std::sync::atomic::Ordering;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use sync::wire::Code;

use crate::api::answer::{Answer, Refused};
use crate::api::body::read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::state::Endpoint;
use crate::gateway::{Hint, follow};

/// The most bytes of a webhook. Those about refunds have some 2,000.
const MAX_BODY: usize = 256 << 10;

/// The header with the time and the signatures.
const SIGNATURE: &str = "stripe-signature";

/// Looks at what a genuine webhook is about. Everything else about it is asked of the processor, so its sequence does not matter.
pub async fn webhook(State(endpoint): State<Endpoint>, request: Request) -> Answer {
    let secrets = endpoint.0.webhooks.get().ok_or(Code::UnknownRoute)?;
    let anybody = Member { shop: String::new(), device: String::new() };
    endpoint.0.rates.take(Kind::Webhook, &anybody, endpoint.now()).map_err(Refused::slow_down)?;
    let mut headers = request.headers().get_all(SIGNATURE).iter();
    let header = headers.next().and_then(|header| header.to_str().ok()).map(str::to_owned);
    let header = header.filter(|_| headers.next().is_none());
    let body = read(request, MAX_BODY).await?;
    let now = endpoint.now() / 1_000;
    if let Err(why) = secrets.verify(&header.unwrap_or_default(), &body, now) {
        // The reason is for the operator: who forges one learns nothing from the answer.
        eprintln!("counterfoil: a webhook was refused: {why:?}");
        endpoint.0.metrics.webhooks_refused.fetch_add(1, Ordering::Relaxed);
        return Err(Code::WrongWebhook.into());
    }
    endpoint.0.metrics.webhooks.fetch_add(1, Ordering::Relaxed);
    if let Some(hint) = Hint::read(&body) {
        follow(&endpoint, hint).await?;
    }
    Ok(StatusCode::OK.into_response())
}
