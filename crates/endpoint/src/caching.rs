//! How long a response may be cached: for ever when the file name contains a hash of its bytes, otherwise with
//! revalidation.

use axum::http::header::{CACHE_CONTROL, HeaderValue, LAST_MODIFIED, VARY};
use axum::response::Response;

/// Adds `cache-control` to the response for the file at `path`.
pub fn caching(path: &str, mut response: Response) -> Response {
    let found = response.status().is_success() || response.status().is_redirection();
    let headers = response.headers_mut();
    let rule = match found {
        true if is_hashed(path) => "public, max-age=31536000, immutable",
        true => "no-cache",
        false => "no-store",
    };
    if rule == "no-cache" {
        // It has whole seconds: after an update within a second an old index page would count as current.
        headers.remove(LAST_MODIFIED);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(rule));
    // A proxy cache must not send the compressed form to a client that cannot decompress it.
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// Whether a file's name ends in a hash of its bytes, as in `app-83d2ce36925b5c5_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let Some((stem, "css" | "js" | "json" | "wasm")) = path.rsplit_once('.') else { return false };
    let Some((_, hash)) = stem.trim_end_matches("_bg").rsplit_once('-') else { return false };
    (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_with_a_hash_may_be_cached_for_ever() {
        for path in [
            "/app-abccdc04b99f6b8a.js",
            "/app-abccdc04b99f6b8a_bg.wasm",
            "/tokens-83d2ce36925b5c5.css",
            "/texts-de-83d2ce36925b5c5a.json",
        ] {
            assert!(is_hashed(path), "{path}");
        }
        for path in [
            "/index.html",
            "/boot.js",
            "/sw.js",
            "/icon-192.png",
            "/icon-maskable-512.png",
            "/counter-foil.js",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
