//! What the site answers: the right file, the right headers, and 404 for what is not there.
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

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(base: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let dist = TempDir::new().unwrap();
    for (name, text) in FILES {
        fs::write(dist.path().join(name), text).unwrap();
    }
    fs::write(dist.path().parent().unwrap().join("counterfoil-outside"), "secret").unwrap();
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = site(dist.path(), base).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, text }
}

const PAGE: [(&str, &str); 1] = [("accept", "text/html,*/*;q=0.8")];

#[tokio::test]
async fn every_answer_is_secured() {
    for path in ["/", "/counter", "/boot.js", "/healthz", "/gone.js", "/v1/push"] {
        let answer = ask("/", "GET", path, &PAGE).await;
        assert_eq!(
            answer.header("content-security-policy"),
            endpoint::headers::CONTENT_SECURITY_POLICY,
            "{path}"
        );
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
    }
}

#[tokio::test]
async fn every_screen_is_the_index_page() {
    for path in ["/", "/counter", "/customers/018f/orders/018e", "/orders/new?x=1"] {
        let answer = ask("/", "GET", path, &PAGE).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, FILES[0].1), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert_eq!(answer.header("content-type"), "text/html", "{path}");
        assert_eq!(answer.header("last-modified"), "", "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_never_the_index_page() {
    for path in
        ["/app-ffffffffffffffff.js", "/app-ffffffffffffffff_bg.wasm", "/favicon.ico", "/v1/push", "/v1/"]
    {
        let answer = ask("/", "GET", path, &PAGE).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text.contains("html"), "{path}: {}", answer.text);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let script = ask("/", "GET", "/counter", &[("accept", "*/*")]).await;
    assert_eq!(script.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn files_with_a_hash_are_kept_for_ever_and_the_others_never_unasked() {
    for (path, kind, rule) in [
        ("/app-0123456789abcdef.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/boot.js", "text/javascript", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
    ] {
        let answer = ask("/", "GET", path, &[]).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, rule), "{path}");
        assert_eq!(answer.header("content-type"), kind, "{path}");
    }
}

#[tokio::test]
async fn the_small_form_goes_to_whoever_can_read_it() {
    let wasm = "/app-0123456789abcdef_bg.wasm";
    let small = ask("/", "GET", wasm, &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!((small.header("content-encoding"), small.text.as_str()), ("br", "the app, small"));
    assert_eq!(small.header("content-type"), "application/wasm");
    assert!(small.header("vary").to_lowercase().contains("accept-encoding"));
    let plain = ask("/", "GET", wasm, &[]).await;
    assert_eq!((plain.header("content-encoding"), plain.text.as_str()), ("", "the app"));
}

#[tokio::test]
async fn a_book_below_a_path_lives_there_and_nowhere_else() {
    assert_eq!(ask("/books/", "GET", "/books/", &PAGE).await.text, FILES[0].1);
    assert_eq!(ask("books", "GET", "/books/customers/1", &PAGE).await.text, FILES[0].1);
    assert_eq!(ask("/books/", "GET", "/books/boot.js", &[]).await.text, "the start");
    let bare = ask("/books/", "GET", "/books", &PAGE).await;
    assert_eq!((bare.status, bare.header("location")), (StatusCode::PERMANENT_REDIRECT, "/books/"));
    assert_eq!(ask("/books/", "GET", "/", &PAGE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask("/books/", "GET", "/healthz", &[]).await.text, "ok");
}

#[tokio::test]
async fn nothing_outside_the_folder_is_read_and_nothing_is_written() {
    for path in [
        "/../counterfoil-outside",
        "/%2e%2e/counterfoil-outside",
        "/..%2fcounterfoil-outside",
        "//etc/passwd",
    ] {
        let answer = ask("/", "GET", path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text);
    }
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        assert_eq!(
            ask("/", method, "/boot.js", &[]).await.status,
            StatusCode::METHOD_NOT_ALLOWED,
            "{method}"
        );
    }
    let head = ask("/", "HEAD", "/boot.js", &[]).await;
    assert_eq!((head.status, head.text.as_str()), (StatusCode::OK, ""));
}
