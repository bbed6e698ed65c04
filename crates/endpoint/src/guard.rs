//! What every request passes, whatever answers it: limits of address and time, and the headers of every response.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::headers::secure;
use crate::limits::{ADDRESS, Limits};

/// `routes` within the limits.
///
/// A stalled request is answered with 408, a panic with 500, a longer address than [`ADDRESS`] with 414; every response
/// has the security headers.
pub fn guard(routes: Router, limits: Limits) -> Router {
    routes
        .layer(RequestBodyTimeoutLayer::new(limits.body))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits.request))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(short_address))
        .layer(map_response(secure))
}

async fn short_address(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > ADDRESS {
        return (StatusCode::URI_TOO_LONG, "The address is too long.\n").into_response();
    }
    next.run(request).await
}
