//! What Trunk calls when it has built: completes the files before they become `dist/`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{compress, split, strip, worker};

/// Fills the staging folder with what depends on the finished files.
pub fn finish() -> Result<()> {
    let staging = PathBuf::from(hook("TRUNK_STAGING_DIR")?);
    name_the_app(&staging, &hook("TRUNK_PUBLIC_URL")?)?;
    let release = hook("TRUNK_PROFILE")? == "release";
    if release {
        split::split(&staging)?;
        strip::strip(&staging)?;
    }
    // A quick edit loop wants each reload to be the newest, so nothing is kept there.
    let script = if env::var_os("COUNTERFOIL_NO_CACHE").is_some() {
        worker::forgetting().to_owned()
    } else {
        worker::keeping(&staging)?
    };
    fs::write(staging.join("sw.js"), script)?;
    // Hosts without rewrite rules answer an unknown path with this file: deep links work there too.
    fs::copy(staging.join("index.html"), staging.join("404.html"))?;
    // Last, so that the worker's list holds each file once.
    if release { compress::compress(&staging) } else { Ok(()) }
}

/// Writes the public path as the app's identity.
///
/// A relative `id` is read against the origin alone, so two books on one origin would be one app.
fn name_the_app(staging: &Path, public_url: &str) -> Result<()> {
    let path = staging.join("manifest.webmanifest");
    let text = fs::read_to_string(&path).context("public/manifest.webmanifest is missing")?;
    let mut manifest: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    manifest.insert("id".into(), public_url.into());
    fs::write(path, serde_json::to_string(&manifest)?)?;
    Ok(())
}

fn hook(name: &str) -> Result<String> {
    env::var(name)
        .with_context(|| format!("{name} is not set: this command is for Trunk, which calls it by itself"))
}
