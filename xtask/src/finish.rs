//! Called by Trunk after a build: completes the files before they become `dist/`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use texts::Catalog;

use crate::{guide, place, worker};

/// The texts of the manifest's shortcuts, in its sequence.
const SHORTCUTS: [(&str, &str); 3] =
    [("counter", "enter_payment"), ("counter", "add_order"), ("counter", "find")];

/// Adds to the staging folder the files that depend on the others.
pub fn finish() -> Result<()> {
    let staging = PathBuf::from(hook("TRUNK_STAGING_DIR")?);
    let catalog = texts::read(&place::at("locales")).map_err(|wrong| anyhow!(wrong.join("\n")))?;
    write_manifests(&staging, &hook("TRUNK_PUBLIC_URL")?, &catalog)?;
    write_texts(&staging, &catalog)?;
    guide::write(&staging)?;
    let release = hook("TRUNK_PROFILE")? == "release";
    if release {
        let wasm = place::target().join("wasm32-unknown-unknown/app/counterfoil-app.wasm");
        let work = place::target().join("split");
        publish("parts", &staging, &[("--wasm", &wasm), ("--work", &work)])?;
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
    if release { publish("compress", &staging, &[]) } else { Ok(()) }
}

/// Writes the texts of the other languages than English, and names the files in the page, which fetches one of them early.
fn write_texts(staging: &Path, catalog: &Catalog) -> Result<()> {
    let mut names = Vec::new();
    for language in texts::LANGUAGES.iter().skip(1) {
        let file = texts::file(catalog, language);
        fs::write(staging.join(&file.name), file.content)?;
        names.push(file.name);
    }
    let (path, empty) = (staging.join("index.html"), r#"data-texts="""#);
    let page = fs::read_to_string(&path).context("index.html is missing")?;
    if !page.contains(empty) {
        bail!("index.html has no place for the names of the texts, `{empty}` (Trunk.toml)");
    }
    fs::write(path, page.replace(empty, &format!(r#"data-texts="{}""#, names.join(" "))))?;
    Ok(())
}

/// Runs a step that only the published app needs.
fn publish(step: &str, staging: &Path, options: &[(&str, &Path)]) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["run", "--quiet", "--package", "publish", "--", step])
        .arg(staging)
        .current_dir(place::at(""));
    for (name, value) in options {
        cargo.arg(name).arg(value);
    }
    if !cargo.status().context("cargo does not run")?.success() {
        bail!("the app was built, but the step `{step}` of its publication failed");
    }
    Ok(())
}

/// Writes the manifest of each language, with the public path as the app's `id`: `public/early.js` chooses one of them.
///
/// A relative `id` is resolved against the origin, so two books on one origin would be the same app.
fn write_manifests(staging: &Path, public_url: &str, catalog: &Catalog) -> Result<()> {
    let path = staging.join("manifest.webmanifest");
    let text = fs::read_to_string(&path).context("public/manifest.webmanifest is missing")?;
    let mut manifest: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    manifest.insert("id".into(), public_url.into());
    fs::write(path, serde_json::to_string(&manifest)?)?;
    for language in texts::LANGUAGES.iter().skip(1) {
        let text = |(space, key)| {
            let text = catalog.plain(language, space, key);
            text.with_context(|| format!("the manifest has no text for {space}.{key}"))
        };
        manifest.insert("lang".into(), (*language).into());
        manifest.insert("description".into(), text(("shell", "about"))?.into());
        let shortcuts = manifest.get_mut("shortcuts").and_then(serde_json::Value::as_array_mut);
        for (shortcut, name) in shortcuts.context("the manifest has no shortcuts")?.iter_mut().zip(SHORTCUTS)
        {
            let shortcut = shortcut.as_object_mut().context("a shortcut is no object")?;
            shortcut.insert("name".into(), text(name)?.into());
        }
        let path = staging.join(format!("manifest-{language}.webmanifest"));
        fs::write(path, serde_json::to_string(&manifest)?)?;
    }
    Ok(())
}

fn hook(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: this command is called by Trunk"))
}
