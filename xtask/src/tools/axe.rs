//! axe-core, which finds obstacles for people who use a screen reader or a keyboard.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::install;
use crate::place;

const VERSION: &str = "4.14.1";

/// Downloads axe-core when it is missing, and returns the path of its script.
pub fn axe() -> Result<PathBuf> {
    let home = place::tool("axe-core", VERSION)?;
    let script = home.join("axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    println!("Downloading axe-core {VERSION} to check accessibility.");
    let failure = format!(
        "axe-core {VERSION} is needed to check accessibility and could not be downloaded: install Node \
         with npm and connect to its registry, or put axe.min.js into {}.",
        home.display()
    );
    fs::create_dir_all(&home)?;
    let package = format!("axe-core@{VERSION}");
    install(
        Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
            .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .arg("--prefix")
            .arg(&home)
            .arg(package),
        &failure,
    )?;
    fs::copy(home.join("node_modules/axe-core/axe.min.js"), &script).with_context(|| failure)?;
    Ok(script)
}
