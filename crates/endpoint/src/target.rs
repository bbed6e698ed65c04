//! The target of a request: a file, a screen of the app, or a path outside the app.

use axum::http::header::{ACCEPT, HeaderMap};

/// The target of a path.
#[derive(Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The file at this path, which begins with a slash.
    File(&'a str),
    /// A screen: the index page, for any address.
    Screen,
    /// The base without its slash, from which relative addresses would be resolved wrongly.
    Base,
    /// A path outside the base.
    Outside,
}

/// The target of a request's path. `base` begins and ends with a slash.
pub fn target<'a>(base: &str, path: &'a str, headers: &HeaderMap) -> Target<'a> {
    if path.strip_suffix('/').unwrap_or(path) == base.trim_end_matches('/') && !path.ends_with('/') {
        return Target::Base;
    }
    let Some(below) = path.strip_prefix(base.trim_end_matches('/')).filter(|below| below.starts_with('/'))
    else {
        return Target::Outside;
    };
    if below == "/" || (is_screen(below) && accepts_html(headers)) {
        Target::Screen
    } else {
        Target::File(below)
    }
}

/// Whether a path is that of a screen: a name with a dot is a file, and `v1/` is the interface for devices.
fn is_screen(below: &str) -> bool {
    let name = below.rsplit('/').next().unwrap_or_default();
    let is_hidden = below.split('/').any(|part| part.starts_with('.') || is_encoded_dot(part));
    !name.contains('.') && !is_hidden && !below.starts_with("/v1/")
}

fn is_encoded_dot(part: &str) -> bool {
    part.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%2e"))
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, "text/html,application/xhtml+xml".parse().unwrap())])
    }

    #[test]
    fn screens_are_requests_for_html_by_names_without_a_dot() {
        let any = HeaderMap::new();
        for (base, path, headers, expected) in [
            ("/", "/", &any, Target::Screen),
            ("/", "/customers/1/orders/2", &page(), Target::Screen),
            ("/", "/customers/1/orders/2", &any, Target::File("/customers/1/orders/2")),
            ("/", "/app-0123456789abcdef.js", &page(), Target::File("/app-0123456789abcdef.js")),
            ("/", "/v1/push", &page(), Target::File("/v1/push")),
            ("/books/", "/books", &page(), Target::Base),
            ("/books/", "/books/", &page(), Target::Screen),
            ("/books/", "/books/counter", &page(), Target::Screen),
            ("/books/", "/books/boot.js", &any, Target::File("/boot.js")),
            ("/books/", "/bookshop", &page(), Target::Outside),
            ("/books/", "/", &page(), Target::Outside),
        ] {
            assert_eq!(target(base, path, headers), expected, "{base} {path}");
        }
    }
}
