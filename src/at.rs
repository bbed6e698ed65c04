//! Addresses. The app may live under a sub-path, and a bare `/customers` would leave it: every link goes
//! through [`at`]. The router's own `navigate` adds the base itself and takes the bare path.

use leptos::prelude::*;
use std::sync::OnceLock;

/// The path this app is served under, without a slash at its end; empty at the root of a site.
#[must_use]
pub fn base() -> &'static str {
    static BASE: OnceLock<String> = OnceLock::new();
    BASE.get_or_init(|| if cfg!(target_arch = "wasm32") { read_base() } else { String::new() })
}

/// The address of a screen, for `href`: `at("/customers")`.
#[must_use]
pub fn at(path: impl AsRef<str>) -> String {
    format!("{}{}", base(), path.as_ref())
}

/// The script that starts the app carries the base.
fn read_base() -> String {
    let script = document().query_selector("script[data-base]").ok().flatten();
    let base = script.and_then(|script| script.get_attribute("data-base")).unwrap_or_default();
    base.trim_end_matches('/').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_root_of_a_site_a_path_stays_as_it_is() {
        assert_eq!(at("/customers"), "/customers");
    }
}
