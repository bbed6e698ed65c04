//! The Wasm target of the compiler.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::install;

const WASM: &str = "wasm32-unknown-unknown";

/// Installs the Wasm target when the compiler lacks it.
pub fn wasm() -> Result<()> {
    let answer = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .output()
        .context("rustc does not run: install Rust from https://rustup.rs")?;
    if Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_dir() {
        return Ok(());
    }
    println!("Installing the target {WASM} to compile the app for the browser.");
    install(
        Command::new("rustup").args(["target", "add", WASM]),
        &format!(
            "The target {WASM} is needed to compile the app for the browser and could not be installed: run \
             `rustup target add {WASM}` with a connection, or install it with the compiler."
        ),
    )
}
