//! `cargo xtask bench app`: the release app in a real browser, and the fold in Wasm.

use anyhow::{Result, bail};

use super::books::{self, Books};
use super::built;
use crate::tools::{self, Tools};

/// The books that are opened: name, and arguments of the generator.
const BOOKS: [(&str, &[&str]); 6] = [
    ("1000", &["--entries", "1000"]),
    ("10000", &["--entries", "10000"]),
    ("100000", &["--entries", "100000"]),
    ("1000000", &["--entries", "1000000"]),
    ("wide", &["--entries", "60000", "--customers", "50000"]),
    ("long", &["--entries", "5000", "--customers", "1"]),
];

/// Builds everything, measures and prints.
pub fn bench() -> Result<()> {
    tools::browser()?;
    built::command_line(&[])?;
    let dist = built::app()?;
    let books = Books::ready()?;
    BOOKS.iter().try_for_each(|(name, made_with)| books.made(name, made_with).map(drop))?;
    let mut bench = Tools::default().command("cargo")?;
    // The harness only waits for the browser: the build of the tests is reused.
    bench.args(["bench", "--profile", "dev", "--package", "tests", "--bench", "app"]);
    bench.env("COUNTERFOIL_DIST", dist).env("COUNTERFOIL_BIN", books::counterfoil());
    if !bench.env("COUNTERFOIL_BENCH", books.folder()).status()?.success() {
        bail!("the app could not be measured");
    }
    fold()
}

/// The fold alone in the browser, with the profile of the app and with the release profile.
fn fold() -> Result<()> {
    for profile in ["app", "release"] {
        println!("\nThe fold alone, in Wasm, profile `{profile}`:");
        let mut fold = Tools::for_building()?.command("cargo")?;
        fold.args(["test", "--profile", profile, "--target", "wasm32-unknown-unknown"]);
        fold.args(["--package", "ledger", "--bench", "fold_in_a_browser", "--", "--nocapture"]);
        if !fold.env("WASM_BINDGEN_TEST_TIMEOUT", "600").status()?.success() {
            bail!("the fold could not be measured");
        }
    }
    Ok(())
}
