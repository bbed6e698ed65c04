//! The interface for devices, below `/v1`: what [`sync::wire`] describes, over HTTP.

mod answer;
mod body;
mod cards;
mod chain_keys;
mod counting;
mod devices;
mod enrol;
mod events;
mod follow;
mod found;
mod guesses;
mod heads;
mod mails;
mod meta;
mod metrics;
mod openapi;
mod paid;
mod pull;
mod push;
mod rates;
mod reoffer;
mod session;
mod sessions;
mod signing;
mod staged;
mod state;
mod watchers;
mod webhooks;

pub(crate) use signing::{digest, random};
pub(crate) use state::Webhooks;
pub use state::{Endpoint, Settings};

use std::time::Duration;

use axum::Router;
use axum::http::Method;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{any, get, post};
use sync::wire::Code;
use tower_http::cors::CorsLayer;

use answer::Refused;

/// The routes of the interface, `/readyz`, `/metrics` and `/openapi.json`.
pub fn api(endpoint: Endpoint) -> Router {
    let shop = Router::new()
        .route("/entries", get(pull::pull).post(push::push))
        .route("/cards", get(cards::cards))
        .route("/devices", get(devices::devices))
        .route("/heads", get(heads::heads))
        .route("/mails", get(mails::mails).post(mails::ask))
        .route("/mails/returns", post(mails::came_back))
        .route("/reoffer", post(reoffer::reoffer))
        .route("/events", get(events::events));
    let routes = Router::new()
        .route("/meta", get(meta::meta))
        .route("/shops", post(found::found))
        .route("/enrol", post(enrol::enrol))
        .route("/session", post(session::session))
        .route("/webhooks/stripe", post(webhooks::webhook))
        .route("/paid", get(paid::paid))
        .nest("/shops/{shop}", shop)
        .fallback(|| async { Refused::from(Code::UnknownRoute) })
        .method_not_allowed_fallback(|| async { Refused::from(Code::WrongMethod) });
    Router::new()
        .nest("/v1", routes)
        .route("/v1/", any(|| async { Refused::from(Code::UnknownRoute) }))
        .route("/readyz", get(meta::ready))
        .route("/openapi.json", get(openapi::openapi))
        .route("/metrics", get(counting::metrics))
        .layer(from_fn_with_state(endpoint.clone(), counting::counted))
        .layer(map_response(no_store))
        .layer(pages(&endpoint.0.settings.origins))
        .with_state(endpoint)
}

/// Lets pages of the named origins ask from elsewhere, without cookies: for an app that another host serves.
fn pages(origins: &[String]) -> CorsLayer {
    let origins: Vec<_> = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .max_age(Duration::from_secs(3_600))
}

async fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
