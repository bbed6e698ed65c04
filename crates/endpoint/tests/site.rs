//! The responses of the site: files, headers, and 404 for missing files.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use endpoint::{Limits, guard, site};
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

/// A folder with [`FILES`], below a folder with a file that must not be served.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("dist")).unwrap();
    for (name, text) in FILES {
        fs::write(folder.path().join("dist").join(name), text).unwrap();
    }
    fs::write(folder.path().join("outside"), "secret").unwrap();
    folder
}

async fn request(base: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let folder = folder();
    ask(site(&folder.path().join("dist"), base), method, path, headers).await
}

async fn ask(site: Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut builder = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let reply = guard(site, Limits::default()).oneshot(builder.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = reply.into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    Reply { status: parts.status, headers: parts.headers, text }
}

const PAGE: [(&str, &str); 1] = [("accept", "text/html,*/*;q=0.8")];

#[tokio::test]
async fn every_response_has_security_headers() {
    let long = format!("/{}", "a".repeat(5000));
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/counter"),
        ("GET", "/boot.js"),
        ("GET", "/healthz"),
        ("GET", "/gone.js"),
        ("GET", "/v1/push"),
        ("POST", "/boot.js"),
        ("POST", "/healthz"),
        ("TRACE", "/"),
        ("GET", long.as_str()),
    ] {
        let reply = request("/", method, path, &PAGE).await;
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
        assert!(reply.header("permissions-policy").contains("camera=(self)"), "{path}");
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
    for path in ["/../outside", "/%2e%2e/outside", "/..%2foutside", "//etc/passwd"] {
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

#[tokio::test]
async fn an_address_over_4_kb_is_refused() {
    let long = |bytes: usize| format!("/{}", "a".repeat(bytes - 1));
    for (path, expected) in [
        (long(4096), StatusCode::NOT_FOUND),
        (long(4097), StatusCode::URI_TOO_LONG),
        (format!("/?{}", "q".repeat(4095)), StatusCode::URI_TOO_LONG),
    ] {
        let reply = request("/", "GET", &path, &[]).await;
        assert_eq!(reply.status, expected, "{} bytes", path.len());
        assert!(!reply.text.contains("aaa") && !reply.text.contains("qqq"), "{}", reply.text);
    }
}

#[tokio::test]
async fn files_with_a_dot_in_front_are_not_served() {
    let folder = folder();
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join(".git")).unwrap();
    for name in [".env", ".git/config", ".hidden.js"] {
        fs::write(dist.join(name), "secret").unwrap();
    }
    let site = site(&dist, "/");
    for path in
        ["/.env", "/%2eenv", "/%2Eenv", "/.git/config", "/%2egit/config", "/.hidden.js", "/.", "/.git"]
    {
        for headers in [&PAGE[..], &[]] {
            let reply = ask(site.clone(), "GET", path, headers).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}: {}", reply.text);
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let dist = folder.path().join("dist");
    fs::create_dir(folder.path().join("beside")).unwrap();
    fs::write(folder.path().join("beside/notes.txt"), "secret").unwrap();
    fs::create_dir(dist.join("inner")).unwrap();
    symlink(folder.path().join("outside"), dist.join("link.txt")).unwrap();
    symlink(folder.path().join("outside"), dist.join("inner/link.txt")).unwrap();
    symlink(folder.path().join("beside"), dist.join("folder")).unwrap();
    symlink(folder.path().join("outside"), dist.join("boot.js.br")).unwrap();
    symlink(folder.path().join("outside"), dist.join("boot.js.gz")).unwrap();
    let site = site(&dist, "/");
    for path in ["/link.txt", "/link%2etxt", "/inner/link.txt", "/folder/notes.txt", "/folder", "/boot.js.br"]
    {
        let reply = ask(site.clone(), "GET", path, &[]).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}: {}", reply.text);
    }
    for encoding in ["br", "gzip", "identity", "br;q=1.0, gzip;q=0.5"] {
        let reply = ask(site.clone(), "GET", "/boot.js", &[("accept-encoding", encoding)]).await;
        assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, "the start"), "{encoding}");
    }
    // The folder itself may be a link: the operator names it when the server starts.
    symlink(&dist, folder.path().join("current")).unwrap();
    let site = endpoint::site(&folder.path().join("current"), "/");
    assert_eq!(ask(site, "GET", "/boot.js", &[]).await.text, "the start");
}

#[tokio::test]
async fn health_is_denied_when_the_files_are_gone() {
    let folder = folder();
    let dist = folder.path().join("dist");
    let site = site(&dist, "/");
    let health = || ask(site.clone(), "GET", "/healthz", &[]);
    assert_eq!(health().await.status, StatusCode::OK);
    fs::remove_file(dist.join("index.html")).unwrap();
    let reply = health().await;
    assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::SERVICE_UNAVAILABLE, "no-store"));
    fs::write(dist.join("index.html"), FILES[0].1).unwrap();
    assert_eq!(health().await.status, StatusCode::OK);
}
