//! The responses of the site: files, headers, and 404 for missing files.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use endpoint::site;
use tempfile::TempDir;
use tower::ServiceExt;

const FILES: [(&str, &str); 7] = [
    ("index.html", "<!doctype html>the page"),
    ("sw.js", "the worker"),
    ("boot.js", "the start"),
    ("manifest.webmanifest", "{}"),
    ("app-0123456789abcdef.js", "the glue"),
    ("app-0123456789abcdef_bg.wasm", "the app"),
    ("app-0123456789abcdef_bg.wasm.br", "the app, small"),
];

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn request(base: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let dist = TempDir::new().unwrap();
    for (name, text) in FILES {
        fs::write(dist.path().join(name), text).unwrap();
    }
    fs::write(dist.path().parent().unwrap().join("counterfoil-outside"), "secret").unwrap();
    let mut builder = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let reply = site(dist.path(), base).oneshot(builder.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = reply.into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    Reply { status: parts.status, headers: parts.headers, text }
}

const PAGE: [(&str, &str); 1] = [("accept", "text/html,*/*;q=0.8")];

#[tokio::test]
async fn every_response_has_security_headers() {
    for path in ["/", "/counter", "/boot.js", "/healthz", "/gone.js", "/v1/push"] {
        let reply = request("/", "GET", path, &PAGE).await;
        assert_eq!(
            reply.header("content-security-policy"),
            endpoint::headers::CONTENT_SECURITY_POLICY,
            "{path}"
        );
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert!(reply.header("permissions-policy").contains("camera=()"), "{path}");
    }
}

#[tokio::test]
async fn every_screen_is_the_index_page() {
    for path in ["/", "/counter", "/customers/018f/orders/018e", "/orders/new?x=1"] {
        let reply = request("/", "GET", path, &PAGE).await;
        assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, FILES[0].1), "{path}");
        assert_eq!(reply.header("cache-control"), "no-cache", "{path}");
        assert_eq!(reply.header("content-type"), "text/html", "{path}");
        assert_eq!(reply.header("last-modified"), "", "{path}");
    }
}

#[tokio::test]
async fn a_missing_file_is_never_the_index_page() {
    for path in
        ["/app-ffffffffffffffff.js", "/app-ffffffffffffffff_bg.wasm", "/favicon.ico", "/v1/push", "/v1/"]
    {
        let reply = request("/", "GET", path, &PAGE).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!reply.text.contains("html"), "{path}: {}", reply.text);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
    let script = request("/", "GET", "/counter", &[("accept", "*/*")]).await;
    assert_eq!(script.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn files_with_a_hash_are_cached_for_ever_and_others_are_revalidated() {
    for (path, kind, rule) in [
        ("/app-0123456789abcdef.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/boot.js", "text/javascript", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
    ] {
        let reply = request("/", "GET", path, &[]).await;
        assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, rule), "{path}");
        assert_eq!(reply.header("content-type"), kind, "{path}");
    }
}

#[tokio::test]
async fn the_compressed_form_is_sent_to_clients_that_accept_it() {
    let wasm = "/app-0123456789abcdef_bg.wasm";
    let small = request("/", "GET", wasm, &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!((small.header("content-encoding"), small.text.as_str()), ("br", "the app, small"));
    assert_eq!(small.header("content-type"), "application/wasm");
    assert!(small.header("vary").to_lowercase().contains("accept-encoding"));
    let plain = request("/", "GET", wasm, &[]).await;
    assert_eq!((plain.header("content-encoding"), plain.text.as_str()), ("", "the app"));
}

#[tokio::test]
async fn an_app_below_a_path_is_served_there_only() {
    assert_eq!(request("/books/", "GET", "/books/", &PAGE).await.text, FILES[0].1);
    assert_eq!(request("books", "GET", "/books/customers/1", &PAGE).await.text, FILES[0].1);
    assert_eq!(request("/books/", "GET", "/books/boot.js", &[]).await.text, "the start");
    let bare = request("/books/", "GET", "/books", &PAGE).await;
    assert_eq!((bare.status, bare.header("location")), (StatusCode::PERMANENT_REDIRECT, "/books/"));
    assert_eq!(request("/books/", "GET", "/", &PAGE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(request("/books/", "GET", "/healthz", &[]).await.text, "ok");
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served_and_nothing_is_written() {
    for path in [
        "/../counterfoil-outside",
        "/%2e%2e/counterfoil-outside",
        "/..%2fcounterfoil-outside",
        "//etc/passwd",
    ] {
        let reply = request("/", "GET", path, &[]).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}: {}", reply.text);
    }
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        assert_eq!(
            request("/", method, "/boot.js", &[]).await.status,
            StatusCode::METHOD_NOT_ALLOWED,
            "{method}"
        );
    }
    let head = request("/", "HEAD", "/boot.js", &[]).await;
    assert_eq!((head.status, head.text.as_str()), (StatusCode::OK, ""));
}
