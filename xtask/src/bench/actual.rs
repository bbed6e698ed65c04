//! `cargo xtask bench actual`: the generated books in Actual, a bookkeeping program that keeps its data in SQLite, run by Node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::books::Books;
use super::built;
use crate::place;

const VERSION: &str = "26.9.0";
/// Sizes of books, in entries. A million takes it an hour.
const SIZES: [u32; 3] = [1_000, 10_000, 100_000];

/// Measures and prints.
pub fn bench() -> Result<()> {
    built::command_line(&[])?;
    let (books, folder) = (Books::ready()?, installed()?);
    let script = place::at("tests/bench/actual.mjs");
    println!("| transactions | taken in, s | open to balances, ms | a transaction, ms: median | p95 |");
    println!("|---|---|---|---|---|");
    for size in SIZES {
        let mut node = Command::new("node");
        node.arg(&script).arg(&folder).arg(books.of(size)?);
        if !node.status().context("Node is needed")?.success() {
            bail!("Actual could not be measured with {size} entries");
        }
    }
    Ok(())
}

/// The folder of the package. Its SQLite is compiled here, against the headers of Node where they are installed.
fn installed() -> Result<PathBuf> {
    let home = place::tool("actual", VERSION)?;
    if home.join("node_modules/@actual-app/api").is_dir() {
        return Ok(home);
    }
    fs::create_dir_all(&home)?;
    fs::write(home.join("package.json"), "{}")?;
    println!("Installing Actual {VERSION}, whose SQLite is compiled: about two minutes.");
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--build-from-source"]);
    if Path::new("/usr/include/node/node.h").exists() {
        npm.env("npm_config_nodedir", "/usr");
    }
    npm.arg(format!("@actual-app/api@{VERSION}")).current_dir(&home);
    if !npm.status().context("npm is needed")?.success() {
        fs::remove_dir_all(&home)?;
        bail!(
            "Actual {VERSION} could not be installed: it needs a C++ compiler, Python and the headers of Node."
        );
    }
    Ok(home)
}
