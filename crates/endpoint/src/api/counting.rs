//! `GET /metrics`, and what counts every request.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::state::Endpoint;

/// Counts a request and its answer. Requests outside the routes are counted together.
pub async fn counted(State(endpoint): State<Endpoint>, request: Request, next: Next) -> Response {
    let (started, method) = (Instant::now(), request.method().clone());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let route = route.filter(|route| !route.contains("__private")).unwrap_or_else(|| "other".into());
    // Anything can be a method: only the usual ones are told apart.
    let method = match method.as_str() {
        known @ ("GET" | "HEAD" | "POST") => known,
        _ => "other",
    };
    endpoint.0.metrics.count(method, &route, response.status().as_u16(), micros);
    response
}

/// Answers the counts.
pub async fn metrics(State(endpoint): State<Endpoint>) -> Response {
    let text = endpoint.0.metrics.write(endpoint.0.watchers.count());
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
