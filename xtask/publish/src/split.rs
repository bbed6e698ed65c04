//! Splits the finished app in two Wasm parts: what a first visit needs, and the lazy part, which is loaded right after.
//!
//! Trunk handles one Wasm file. The compiled file is therefore split again after the build: the relocations that the
//! linker emits tell which function needs which, and what is reached only through the split point goes into a second file.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::files;

/// Splits the app in `folder`, which the compiler wrote to `wasm`.
pub fn split(folder: &Path, wasm: &Path, work: &Path) -> Result<()> {
    let stem = stem(folder)?;
    let (main, link) = (work.join("main.wasm"), format!("./{}.js", lazy_name(&stem)));
    let whole = fs::read(wasm)?;
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    split_module(&whole, work, &main, &link, &stem)?;
    bind(&main, folder, &stem)?;
    copy_lazy_part(work, folder, &stem)?;
    add_preload(folder, &stem)
}

/// The file name of the app with its hash, without extension: `counterfoil-app-0123456789abcdef`.
fn stem(folder: &Path) -> Result<String> {
    for file in files::below(folder)? {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(stem) = name.strip_suffix("_bg.wasm") {
            return Ok(stem.to_owned());
        }
    }
    bail!("Trunk wrote no Wasm file")
}

/// The file name of the lazy part. It has the same hash, so that the parts of two versions are never mixed.
fn lazy_name(stem: &str) -> String {
    stem.replacen("counterfoil-app-", "counterfoil-lazy-", 1)
}

fn split_module(whole: &[u8], work: &Path, main: &Path, link: &str, stem: &str) -> Result<()> {
    let script = format!("./{stem}.js");
    let mut options = Options::new(whole);
    options.output_dir = work;
    options.main_out_path = main;
    options.link_name = link;
    options.main_module = &script;
    let output = transform(options).map_err(|cause| anyhow!("the app cannot be split: {cause:#}"))?;
    match output.split_modules.as_slice() {
        [_] => Ok(()),
        parts => bail!("the app has {} lazy parts instead of one", parts.len()),
    }
}

/// Generates the JavaScript bindings of the first part, as Trunk does for the whole app.
fn bind(main: &Path, folder: &Path, stem: &str) -> Result<()> {
    // Trunk runs with a path on which its tools are found first.
    let mut bind = Command::new("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", stem, "--out-dir"]);
    if !bind.arg(folder).arg(main).status().context("wasm-bindgen does not run")?.success() {
        bail!("wasm-bindgen failed for the first part of the app");
    }
    Ok(())
}

/// Copies the lazy part and the script that loads it.
fn copy_lazy_part(work: &Path, folder: &Path, stem: &str) -> Result<()> {
    let lazy = lazy_name(stem);
    let (name, output) = (format!("{lazy}_bg.wasm"), "split_rest.wasm");
    fs::copy(work.join(output), folder.join(&name))?;
    let script = fs::read_to_string(work.join(format!("{lazy}.js")))?;
    if script.matches(output).count() != 1 {
        bail!("the script of the lazy part does not name it exactly once");
    }
    fs::write(folder.join(format!("{lazy}.js")), script.replace(output, &name))?;
    Ok(())
}

/// Adds a preload of that script to the page, so that it is requested before the app's own script has loaded.
fn add_preload(folder: &Path, stem: &str) -> Result<()> {
    let page = folder.join("index.html");
    let text = fs::read_to_string(&page)?;
    let tag = text.split_inclusive('>').find(|tag| tag.contains("modulepreload") && tag.contains(stem));
    let tag = tag.context("the page does not preload the app's script")?;
    let both = format!("{tag}{}", tag.replace(stem, &lazy_name(stem)));
    fs::write(&page, text.replace(tag, &both))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_preloads_the_scripts_of_both_parts() {
        let folder = std::env::temp_dir().join(format!("counterfoil-split-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let app = r#"<link rel="modulepreload" href="/books/counterfoil-app-0123456789abcdef.js">"#;
        let rest = r#"<link rel="modulepreload" href="/books/update.js">"#;
        fs::write(folder.join("index.html"), format!("<html>{app}{rest}</html>")).unwrap();
        add_preload(&folder, "counterfoil-app-0123456789abcdef").unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let other = add_preload(&folder, "counterfoil-app-fedcba9876543210");
        fs::remove_dir_all(&folder).unwrap();

        let lazy = r#"<link rel="modulepreload" href="/books/counterfoil-lazy-0123456789abcdef.js">"#;
        assert_eq!(page, format!("<html>{app}{lazy}{rest}</html>"));
        assert!(other.is_err());
    }
}
