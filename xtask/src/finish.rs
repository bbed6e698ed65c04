//! Called by Trunk after a build: completes the files before they become `dist/`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{compress, split, strip, worker};

/// Adds to the staging folder the files that depend on the others.
pub fn finish() -> Result<()> {
    let staging = PathBuf::from(hook("TRUNK_STAGING_DIR")?);
    set_app_id(&staging, &hook("TRUNK_PUBLIC_URL")?)?;
    let release = hook("TRUNK_PROFILE")? == "release";
    if release {
        split::split(&staging)?;
        strip::strip(&staging)?;
    }
    // `cargo xtask dev` must always serve the newest version, so nothing is cached there.
    let script = if env::var_os("COUNTERFOIL_NO_CACHE").is_some() {
        worker::uncached().to_owned()
    } else {
        worker::caching(&staging)?
    };
    fs::write(staging.join("sw.js"), script)?;
    // Hosts without rewrite rules serve this file for unknown paths, so that deep links work.
    fs::copy(staging.join("index.html"), staging.join("404.html"))?;
    // Last, so that the worker's list contains no compressed forms.
    if release { compress::compress(&staging) } else { Ok(()) }
}

/// Writes the public path as the app's `id`.
///
/// A relative `id` is resolved against the origin, so two books on one origin would be the same app.
fn set_app_id(staging: &Path, public_url: &str) -> Result<()> {
    let path = staging.join("manifest.webmanifest");
    let text = fs::read_to_string(&path).context("public/manifest.webmanifest is missing")?;
    let mut manifest: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    manifest.insert("id".into(), public_url.into());
    fs::write(path, serde_json::to_string(&manifest)?)?;
    Ok(())
}

fn hook(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: this command is called by Trunk"))
}
