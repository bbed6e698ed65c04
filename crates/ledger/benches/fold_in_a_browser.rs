//! Measures how fast entries fold in Wasm in a browser, with the accounts of the example `fold_speed`.
//!
//! `cargo xtask bench app` runs it; it uses only the clock of the browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

#[path = "../examples/fold_speed/books.rs"]
mod books;

use books::{id, records};
use ledger::fold::CustomerBook;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn fold_speed() {
    for (accounts, entries) in [(5_000, 20), (100, 1_000), (1, 100_000)] {
        // The first runs are slower because the browser still compiles; other processes can only make a run slower.
        let fastest = (0..9).map(|_| fold(accounts, entries)).min().unwrap().max(1);
        let all = accounts * entries;
        let (each, thousands) = (fastest * 1_000_000 / all, all / fastest);
        console_log!("{accounts} accounts of {entries}: {each} ns an entry, {thousands} thousand a second");
    }
}

/// Milliseconds to fold all accounts.
fn fold(accounts: u64, entries: u64) -> u64 {
    let books: Vec<_> = (0..accounts).map(|at| (id(0, at), records(at, entries))).collect();
    let start = now();
    let folded: Vec<_> =
        books.into_iter().map(|(customer, records)| CustomerBook::new(customer, records)).collect();
    let took = now() - start;
    assert!(folded.iter().all(|book| book.account().check().is_ok()));
    took
}

fn now() -> u64 {
    js_sys::Date::now() as u64
}
