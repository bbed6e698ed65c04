//! The app's files as a web site.

use std::path::Path;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::caching::caching;
use crate::files::{Files, missing};
use crate::target::{Target, target};

#[derive(Clone)]
struct Site {
    /// The path of the app on this origin; begins and ends with a slash.
    base: String,
    files: Files,
}

/// Serves the folder that `cargo xtask build` writes, below `base`, such as `/` or `/books/`.
///
/// `/healthz` responds with `ok`, and with 503 when the index page is gone.
pub fn site(dist: &Path, base: &str) -> Router {
    let base = format!("/{}/", base.trim_matches('/')).replace("//", "/");
    Router::new()
        .route("/healthz", get(health))
        .fallback(respond)
        .with_state(Site { base, files: Files::new(dist) })
}

async fn health(State(site): State<Site>) -> Response {
    let mut response = if site.files.complete().await {
        "ok".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "The app's files are gone.\n").into_response()
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn respond(State(site): State<Site>, request: Request) -> Response {
    let uri = request.uri().clone();
    match target(&site.base, uri.path(), request.headers()) {
        Target::File(path) => caching(path, site.files.respond(path, request).await),
        Target::Screen => caching("/index.html", site.files.respond("/index.html", request).await),
        Target::Base => Redirect::permanent(&site.base).into_response(),
        Target::Outside => caching(uri.path(), missing()),
    }
}
