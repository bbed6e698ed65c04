//! `GET /v1/meta` and `GET /readyz`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sync::wire::{Limits, Meta, Protocol};

use crate::api::answer::{Answer, json};
use crate::api::state::Endpoint;

/// What the endpoint is.
pub async fn meta(State(endpoint): State<Endpoint>) -> Answer {
    json(&Meta {
        service: Meta::SERVICE.into(),
        protocol: Protocol::OURS,
        time: endpoint.now(),
        limits: Limits::OURS,
        build: env!("CARGO_PKG_VERSION").into(),
        mails: endpoint.0.mailer.get().is_some(),
    })
}

/// Whether the store answers.
pub async fn ready(State(endpoint): State<Endpoint>) -> Response {
    match endpoint.0.store.reading(|tx| tx.value("key")).await {
        Ok(_) => (StatusCode::OK, "ready").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "The store does not answer.\n").into_response(),
    }
}
