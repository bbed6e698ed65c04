//! The app's files as a web site.

use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::services::ServeDir;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::caching::caching;
use crate::headers::secure;
use crate::target::{Target, target};

#[derive(Clone)]
struct Site {
    /// The path of the app on this origin; begins and ends with a slash.
    base: String,
    files: ServeDir,
}

/// Serves the folder that `cargo xtask build` writes, below `base`, such as `/` or `/books/`.
///
/// `/healthz` responds with `ok`.
pub fn site(dist: &Path, base: &str) -> Router {
    let base = format!("/{}/", base.trim_matches('/')).replace("//", "/");
    let files =
        ServeDir::new(dist).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .fallback(respond)
        .with_state(Site { base, files })
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(15)))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(30)))
        .layer(CatchPanicLayer::new())
        .layer(map_response(secure))
}

async fn respond(State(site): State<Site>, request: Request) -> Response {
    let uri = request.uri().clone();
    match target(&site.base, uri.path(), request.headers()) {
        Target::File(path) => caching(path, site.file(path, request).await),
        Target::Screen => caching("/index.html", site.file("/index.html", request).await),
        Target::Base => Redirect::permanent(&site.base).into_response(),
        Target::Outside => caching(uri.path(), missing()),
    }
}

impl Site {
    async fn file(self, path: &str, mut request: Request) -> Response {
        let Ok(uri) = path.parse::<Uri>() else { return missing() };
        *request.uri_mut() = uri;
        match self.files.oneshot(request).await {
            Ok(found) if found.status() == StatusCode::NOT_FOUND => missing(),
            Ok(found) => found.map(Body::new),
            Err(never) => match never {},
        }
    }
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response()
}
