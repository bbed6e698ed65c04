//! Checks which folders of a crate may name which modules.

use super::finding::Finding;
use super::imports::Imports;
use super::source::Source;

/// Files below `folder` may not name any of `names`.
struct Layer {
    folder: &'static str,
    names: &'static [&'static str],
    why: &'static str,
}

const CONTEXT: [&str; 3] = ["use_context", "expect_context", "provide_context"];

/// Plain data that may be named anywhere.
const DATA: [&str; 2] = ["crate::store::Fault", "crate::session::SetUp"];

const LAYERS: [Layer; 8] = [
    Layer {
        folder: "crates/ledger/src/",
        names: &[
            "std::fs",
            "std::env",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "tokio",
            "async",
        ],
        why: "the ledger does no IO, reads no clock and waits for nothing",
    },
    Layer {
        folder: "crates/journal/src/",
        names: &[
            "std::fs",
            "std::env",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "tokio",
            "async",
            "ledger",
        ],
        why: "the journal knows lines, not their meaning, and does no IO",
    },
    Layer {
        folder: "src/components/",
        names: &[
            "crate::session",
            "crate::engine",
            "crate::device",
            "crate::split",
            "crate::store",
            "crate::screens",
            "crate::forms",
            CONTEXT[0],
            CONTEXT[1],
            CONTEXT[2],
        ],
        why: "components know props, never context",
    },
    Layer {
        folder: "src/screens/",
        names: &["crate::store", "crate::split", "web_sys::IdbDatabase"],
        why: "screens never touch storage; they use the session",
    },
    Layer {
        folder: "src/engine/",
        names: &[
            "leptos",
            "web_sys",
            "js_sys",
            "crate::session",
            "crate::device",
            "crate::split",
            "crate::screens",
            "crate::components",
            "crate::forms",
            "crate::text",
        ],
        why: "the engine knows no screen, no browser and no part of the program that may have to be fetched",
    },
    Layer {
        folder: "src/replica/",
        names: &[
            "leptos",
            "crate::session",
            "crate::split",
            "crate::screens",
            "crate::components",
            "crate::forms",
            "crate::text",
        ],
        why: "the exchange knows the engine and a platform, and no screen",
    },
    Layer {
        folder: "src/forms/",
        names: &[
            "leptos",
            "web_sys",
            "js_sys",
            "crate::session",
            "crate::engine",
            "crate::device",
            "crate::split",
            "crate::store",
            "crate::screens",
            "crate::components",
        ],
        why: "forms are pure, so that they are tested without a browser",
    },
    Layer {
        folder: "src/store/",
        names: &[
            "leptos",
            "ledger",
            "crate::session",
            "crate::engine",
            "crate::device",
            "crate::split",
            "crate::screens",
            "crate::components",
            "crate::forms",
        ],
        why: "the store saves lines and texts and knows neither their meaning nor the screens",
    },
];

/// Finds names that a folder may not use.
pub fn layers(source: &Source) -> Vec<Finding> {
    let layers = LAYERS.iter().filter(|layer| source.path.starts_with(layer.folder));
    layers.flat_map(|layer| layer.names.iter().flat_map(|name| found(source, layer, name))).collect()
}

fn found(source: &Source, layer: &Layer, name: &str) -> Vec<Finding> {
    let here = source.words(name).filter(|at| is_path(&source.code, *at));
    here.map(|at| Finding::at(source, at, format!("`{name}` is not allowed in this folder: {}", layer.why)))
        .collect()
}

/// Whether the word is a path, not a field, a method or a local variable: `x.ledger`, `let ledger =`.
fn is_path(code: &str, at: usize) -> bool {
    let (before, after) = code.split_at(at);
    let word =
        after.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next().unwrap_or_default();
    let whole = word.contains("::") || CONTEXT.contains(&word) || word == "async" || before.ends_with("use ");
    whole && !before.ends_with('.') && !before.ends_with("::") && !DATA.contains(&word)
}

/// The layers of the ledger, lowest first: each may import only those before it.
const LEDGER: [&str; 4] = ["entry", "account", "rules", "view"];

/// Finds imports of the ledger that go from a layer to one above it.
pub fn ledger(crates: &[Imports<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (from, targets) in crates.iter().flatten() {
        for (to, names) in targets {
            if let (Some(low), Some(high)) = (ledger_layer(from), ledger_layer(to))
                && low < high
            {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let names = names.join(", ");
                found
                    .push(Finding::in_file(from, format!("a layer below `{to}`: it may not import {names}")));
            }
        }
    }
    found
}

/// The place of a file's layer in [`LEDGER`].
fn ledger_layer(path: &str) -> Option<usize> {
    let below = path.strip_prefix("crates/ledger/src/")?;
    let first = below.split('/').next()?.trim_end_matches(".rs");
    LEDGER.iter().position(|layer| *layer == first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::imports::imports;

    #[test]
    fn a_layer_of_the_ledger_that_imports_one_above_it_is_found() {
        let found = |path: &str, text: &str| {
            let lib = Source::new("crates/ledger/src/lib.rs", "pub use account::order::Order;");
            let empty = ["entry", "account", "account/order", "rules", "view", "posted"]
                .map(|name| Source::new(&format!("crates/ledger/src/{name}.rs"), ""));
            let file = Source::new(&format!("crates/ledger/src/{path}"), text);
            let sources: Vec<Source> = empty.into_iter().chain([lib, file]).collect();
            ledger(&imports(&sources)).len()
        };
        for (path, text, count) in [
            ("entry/a.rs", "use crate::{account::order::X, view::Y};", 2),
            ("entry/a.rs", "fn f() { super::super::rules::X }", 1),
            ("entry/a.rs", "use crate::Order;", 1),
            ("account/a.rs", "use crate::entry::X; use crate::posted::Y;", 0),
            ("account/a.rs", "use crate::rules::X; use crate::view::Y;", 2),
            ("rules/a.rs", "use crate::{account, entry, view}; fn f() { account::X; entry::X; view::X }", 1),
            ("view/a.rs", "use crate::{account::X, rules::X, entry::X};", 0),
        ] {
            assert_eq!(found(path, text), count, "{path}: {text}");
        }
    }

    #[test]
    fn a_name_that_is_not_allowed_is_found() {
        let found = |path: &str, text: &str| layers(&Source::new(path, text)).len();
        for (path, text, count) in [
            ("src/components/a.rs", "let b = expect_context::<Session>();", 1),
            ("src/components/a.rs", "use crate::session::Session;", 1),
            ("src/screens/a.rs", "use crate::store::IndexedDb;", 1),
            ("src/screens/a.rs", "use crate::store::{Fault, IndexedDb};", 1),
            ("src/screens/a.rs", "use crate::store::Fault;", 0),
            ("src/screens/a.rs", "use crate::session::Session;", 0),
            ("src/forms/a.rs", "use leptos::prelude::*;", 1),
            ("src/engine/a.rs", "use crate::split::LAZY;", 1),
            ("crates/ledger/src/a.rs", "use std::time::SystemTime; async fn a() {}", 2),
            ("crates/journal/src/a.rs", "use ledger::Money;", 1),
            ("crates/journal/src/a.rs", "fn a(ledger: u8) { self.ledger; } // ledger::Money", 0),
            ("src/store/a.rs", "fn a() { ledger::money() }", 1),
        ] {
            assert_eq!(found(path, text), count, "{path}: {text}");
        }
    }
}
