//! Paths of build results, downloads and screenshots.

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The built app: `COUNTERFOIL_DIST`, otherwise `dist/`.
///
/// # Errors
/// When it does not exist.
pub fn dist() -> Result<PathBuf> {
    existing("COUNTERFOIL_DIST", workspace().join("dist"), "the built app", "cargo xtask build")
}

/// The app built for the path `/books/`: `COUNTERFOIL_BOOKS`, otherwise `target/books`.
///
/// # Errors
/// When it does not exist.
pub fn books_dist() -> Result<PathBuf> {
    existing("COUNTERFOIL_BOOKS", target().join("books"), "the app for /books/", "cargo xtask test")
}

/// The command line: `COUNTERFOIL_BIN`, otherwise the binary in cargo's target directory.
pub fn counterfoil() -> Result<PathBuf> {
    existing("COUNTERFOIL_BIN", target().join("debug/counterfoil"), "the server", "cargo build -p cli")
}

/// axe-core: `COUNTERFOIL_AXE`, otherwise the copy that `cargo xtask test` stored in the cache.
pub fn axe() -> Result<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(home_cache, PathBuf::from);
    let file = cache.join("counterfoil/tools/axe-core-4.14.1/axe.min.js");
    existing("COUNTERFOIL_AXE", file, "axe-core", "cargo xtask test")
}

/// The Python that has aiosmtpd: `COUNTERFOIL_SMTP`, otherwise the copy that `cargo xtask test` stored in the cache.
pub fn smtp() -> Result<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(home_cache, PathBuf::from);
    let file = cache.join("counterfoil/tools/aiosmtpd-1.4.6/bin/python");
    existing("COUNTERFOIL_SMTP", file, "aiosmtpd", "cargo xtask test")
}

/// The recorded browser profiles, one folder for each version of the app.
#[must_use]
pub fn profiles() -> PathBuf {
    workspace().join("tests/profiles")
}

/// The folder for screenshots.
pub fn screens() -> PathBuf {
    target().join("screens")
}

/// The folder for the evidence of failed journeys.
pub fn failures() -> PathBuf {
    target().join("journeys")
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

fn home_cache() -> PathBuf {
    std::env::var_os("HOME").map_or_else(PathBuf::new, PathBuf::from).join(".cache")
}

fn existing(variable: &str, usual: PathBuf, what: &str, how: &str) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map_or(usual, PathBuf::from);
    if !path.exists() {
        bail!("{what} does not exist at {}: run `{how}`, or set {variable}", path.display());
    }
    Ok(path)
}
