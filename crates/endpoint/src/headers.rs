//! The headers on every answer: what the page may load, who may frame it, what it may ask of the device.

use axum::http::header::{HeaderName, HeaderValue};
use axum::response::Response;

/// What the page may load and run: its own files and nothing else.
///
/// `index.html` carries the same rules for hosts that send no headers, but for `frame-ancestors`, which a browser
/// heeds only here.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; \
    require-trusted-types-for 'script'; trusted-types default; frame-ancestors 'none'";

/// Nothing of the device: the app asks for no camera, place, sensor or payment handler.
const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), \
    midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

const ON_EVERY_ANSWER: [(&str, &str); 8] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS_POLICY),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex"),
];

/// Adds the headers to an answer.
pub async fn secure(mut response: Response) -> Response {
    for (name, value) in ON_EVERY_ANSWER {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_itself_carries_the_same_policy_for_hosts_that_send_no_headers() {
        let page = include_str!("../../../index.html");
        let policy = CONTENT_SECURITY_POLICY.trim_end_matches("; frame-ancestors 'none'");
        assert!(
            page.contains(&format!(r#"http-equiv="Content-Security-Policy" content="{policy}""#)),
            "{policy}"
        );
    }
}
