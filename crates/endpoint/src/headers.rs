//! The headers of every response: what the page may load, who may frame it, and what device features it may use.

use axum::http::header::{HeaderName, HeaderValue};
use axum::response::Response;

/// What the page may load and run: its own files only.
///
/// `index.html` contains the same policy for hosts that send no headers, except `frame-ancestors`, which browsers accept
/// in the header only.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; \
    require-trusted-types-for 'script'; trusted-types default; frame-ancestors 'none'";

/// Of the device's features the camera alone, which reads the codes on papers, and that for the app itself only.
const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(self), display-capture=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), \
    midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

/// All of them, as names in lower case and values.
pub(crate) const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS_POLICY),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex"),
];

/// Adds the headers to a response.
pub async fn secure(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// The headers added to a response that hyper writes itself when a request cannot be parsed; nothing for other bytes.
///
/// Such a response has no body, and none of our headers: `x-frame-options` tells them apart.
pub fn completed(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = std::str::from_utf8(bytes).ok()?.strip_suffix("\r\n")?;
    let refused = head.starts_with("HTTP/1.") && head.get(8..10) == Some(" 4") && head.ends_with("\r\n");
    if !refused || head.contains("x-frame-options") {
        return None;
    }
    let headers: String = HEADERS.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    Some(format!("{head}{headers}\r\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_contains_the_same_policy() {
        let page = include_str!("../../../index.html");
        let policy = CONTENT_SECURITY_POLICY.trim_end_matches("; frame-ancestors 'none'");
        assert!(
            page.contains(&format!(r#"http-equiv="Content-Security-Policy" content="{policy}""#)),
            "{policy}"
        );
    }

    #[test]
    fn only_the_head_of_a_refusal_without_our_headers_is_completed() {
        let refusal = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
        let completed = String::from_utf8(completed(refusal).unwrap()).unwrap();
        assert!(completed.starts_with("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\ncontent-sec"));
        assert!(
            completed.contains("\r\nx-frame-options: DENY\r\n") && completed.ends_with("noindex\r\n\r\n")
        );
        for other in [
            completed.as_bytes(),
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 3\r\n\r\nabc",
            b"a file that quotes HTTP/1.1 400 Bad Request\r\n\r\n",
            b"\r\n",
            b"",
        ] {
            assert_eq!(super::completed(other), None, "{other:?}");
        }
    }
}
