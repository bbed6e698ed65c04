//! Addresses. The app may be served under a sub-path, which a bare `/customers` would leave, so every link is made
//! with [`at`]. The router adds the base itself and takes the path without it.

use leptos::prelude::*;
use std::fmt::Display;
use std::sync::OnceLock;

/// The path that this app is served under, without a trailing slash; empty at the root of a site.
#[must_use]
pub fn base() -> &'static str {
    static BASE: OnceLock<String> = OnceLock::new();
    BASE.get_or_init(|| if cfg!(target_arch = "wasm32") { read_base() } else { String::new() })
}

/// The address of a screen, for `href`: `at(Route::Customers)`.
#[must_use]
pub fn at(link: impl Display) -> String {
    format!("{}{link}", base())
}

/// Reads the base from the script that starts the app.
fn read_base() -> String {
    let script = document().query_selector("script[data-base]").ok().flatten();
    let base = script.and_then(|script| script.get_attribute("data-base")).unwrap_or_default();
    base.trim_end_matches('/').into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Route;

    #[test]
    fn at_the_root_of_a_site_a_path_is_unchanged() {
        assert_eq!(at(Route::Customers), "/customers");
    }
}
