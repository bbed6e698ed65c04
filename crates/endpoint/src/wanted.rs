//! What a request wants: a file, a screen of the app, or nothing that is here.

use axum::http::header::{ACCEPT, HeaderMap};

/// What a path below the app's base stands for.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// The file at this path, which begins with a slash.
    File(&'a str),
    /// A screen: the index page, whatever the address.
    Screen,
    /// The base without its slash, where relative addresses would go wrong.
    Base,
    /// Something outside the base.
    Nothing,
}

/// Reads a request's path. `base` begins and ends with a slash.
pub fn wanted<'a>(base: &str, path: &'a str, headers: &HeaderMap) -> Wanted<'a> {
    if path.strip_suffix('/').unwrap_or(path) == base.trim_end_matches('/') && !path.ends_with('/') {
        return Wanted::Base;
    }
    let Some(below) = path.strip_prefix(base.trim_end_matches('/')).filter(|below| below.starts_with('/'))
    else {
        return Wanted::Nothing;
    };
    if below == "/" || (is_screen(below) && wants_page(headers)) {
        Wanted::Screen
    } else {
        Wanted::File(below)
    }
}

/// A name with a dot is a file; `v1/` is for devices, never for people.
fn is_screen(below: &str) -> bool {
    let name = below.rsplit('/').next().unwrap_or_default();
    !name.contains('.') && !below.starts_with("/v1/")
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, "text/html,application/xhtml+xml".parse().unwrap())])
    }

    #[test]
    fn screens_are_pages_asked_for_by_names_without_a_dot() {
        let any = HeaderMap::new();
        for (base, path, headers, expected) in [
            ("/", "/", &any, Wanted::Screen),
            ("/", "/customers/1/orders/2", &page(), Wanted::Screen),
            ("/", "/customers/1/orders/2", &any, Wanted::File("/customers/1/orders/2")),
            ("/", "/app-0123456789abcdef.js", &page(), Wanted::File("/app-0123456789abcdef.js")),
            ("/", "/v1/push", &page(), Wanted::File("/v1/push")),
            ("/books/", "/books", &page(), Wanted::Base),
            ("/books/", "/books/", &page(), Wanted::Screen),
            ("/books/", "/books/counter", &page(), Wanted::Screen),
            ("/books/", "/books/boot.js", &any, Wanted::File("/boot.js")),
            ("/books/", "/bookshop", &page(), Wanted::Nothing),
            ("/books/", "/", &page(), Wanted::Nothing),
        ] {
            assert_eq!(wanted(base, path, headers), expected, "{base} {path}");
        }
    }
}
