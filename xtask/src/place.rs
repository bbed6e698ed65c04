//! The paths of the workspace, of build results, and of tools that all checkouts share.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A path below the workspace's root. Cargo says where that is: checkouts that share a target folder also share this program.
pub fn at(path: &str) -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).parent().unwrap_or(Path::new(".")).join(path)
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), PathBuf::from)
}

/// The `counterfoil` binary of `cargo build`.
pub fn counterfoil() -> PathBuf {
    target().join("debug").join(format!("counterfoil{}", env::consts::EXE_SUFFIX))
}

/// The folder of a downloaded tool: `<user cache>/counterfoil/tools/<name>-<version>`.
pub fn tool(name: &str, version: &str) -> Result<PathBuf> {
    Ok(cache()?.join("counterfoil").join("tools").join(format!("{name}-{version}")))
}

fn cache() -> Result<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .context("no folder for tools: set XDG_CACHE_HOME or HOME")
}
