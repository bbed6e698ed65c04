//! `cargo xtask bench size`: the download of a first visit, and the size of each part of the app's Wasm.

mod items;
mod names;
mod visit;

use std::fs;

use anyhow::Result;

use super::built;
use crate::place;
use items::{Item, Module};

/// The number of rows of a table.
const ROWS: usize = 32;

/// Builds the release app and prints tables of sizes.
pub fn bench() -> Result<()> {
    visit::print(&built::app()?)?;
    let wasm = place::target().join("wasm32-unknown-unknown").join("app").join("counterfoil-app.wasm");
    let module = Module::read(&fs::read(wasm)?)?;
    println!("\nCode {} kB, data {} kB", module.code() / 1_000, module.data / 1_000);
    print("crate", &module, |item| names::owner(&item.name));
    print("module", &module, |item| names::module(&item.name));
    print("generic function, all its copies", &module, |item| names::generic(&item.name));
    print("item", &module, |item| item.name.clone());
    Ok(())
}

/// Prints one table: the largest groups, with their code size and number of functions.
fn print(what: &str, module: &Module, key: impl Fn(&Item) -> String) {
    println!("\n| {what} | code, kB | % | functions |\n|---|---|---|---|");
    let whole = module.code().max(1);
    for (name, bytes, count) in module.grouped(key).into_iter().take(ROWS) {
        let shown: String = name.chars().take(140).collect();
        let tenths = bytes / 100;
        println!("| {shown} | {}.{} | {} | {count} |", tenths / 10, tenths % 10, bytes * 100 / whole);
    }
}
