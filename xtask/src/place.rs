//! Where things are: the workspace, what is built, and what is fetched once for all checkouts.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A path below the folder of the workspace's `Cargo.toml`, wherever the command was given.
pub fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).join(path)
}

/// Where cargo leaves what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), PathBuf::from)
}

/// The `counterfoil` binary as `cargo build` leaves it.
pub fn counterfoil() -> PathBuf {
    target().join("debug").join(format!("counterfoil{}", env::consts::EXE_SUFFIX))
}

/// Where a fetched tool lives: `<user cache>/counterfoil/tools/<name>-<version>`.
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
