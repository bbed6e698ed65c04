//! Splits the finished app in Wasm parts: what a first visit needs, and the lazy parts, which are loaded right after. One of these
//! opens a book, one has everything else, and one is what both of them need.
//!
//! Trunk handles one Wasm file. The compiled file is therefore split again after the build: the relocations that the
//! linker emits tell which function needs which, and what is reached only through the split points goes into other files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::files;

/// The attribute of the page in which the parts are named.
const NO_PARTS: &str = "data-parts=\"\"";

/// Splits the app in `folder`, which the compiler wrote to `wasm`.
pub fn split(folder: &Path, wasm: &Path, work: &Path) -> Result<()> {
    let stem = stem(folder)?;
    let (main, link) = (work.join("main.wasm"), format!("./{}.js", lazy_name(&stem)));
    let whole = fs::read(wasm)?;
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    let parts = split_module(&whole, work, &main, &link, &stem)?;
    bind(&main, folder, &stem)?;
    let names = copy_lazy_parts(&parts, work, folder, &stem)?;
    add_preload(folder, &stem, &names)
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

/// The lazy parts, as files in `work`.
fn split_module(whole: &[u8], work: &Path, main: &Path, link: &str, stem: &str) -> Result<Vec<PathBuf>> {
    let script = format!("./{stem}.js");
    let mut options = Options::new(whole);
    options.output_dir = work;
    options.main_out_path = main;
    options.link_name = link;
    options.main_module = &script;
    let output = transform(options).map_err(|cause| anyhow!("the app cannot be split: {cause:#}"))?;
    let parts = output.split_modules;
    if parts.len() != 3 {
        bail!("the app has {} lazy parts instead of three: {parts:?}", parts.len());
    }
    Ok(parts)
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

/// What the name of a lazy part says about it; `split_book.wasm` is a part of its own, `chunk_2.wasm` is what both need.
fn kind(file: &str) -> &str {
    let stem = file.strip_suffix(".wasm").unwrap_or(file);
    stem.strip_prefix("split_").unwrap_or("shared")
}

/// Copies the lazy parts and the script that loads them, and returns the names of the parts that open a book.
fn copy_lazy_parts(parts: &[PathBuf], work: &Path, folder: &Path, stem: &str) -> Result<Vec<String>> {
    let lazy = lazy_name(stem);
    let mut script = fs::read_to_string(work.join(format!("{lazy}.js")))?;
    let mut names = Vec::new();
    for part in parts {
        let file = part.file_name().and_then(|name| name.to_str()).context("a part without a name")?;
        let name = format!("{}_bg.wasm", lazy.replacen("-lazy-", &format!("-lazy-{}-", kind(file)), 1));
        fs::copy(part, folder.join(&name))?;
        if script.matches(file).count() != 1 {
            bail!("the script of the lazy parts does not name {file} exactly once");
        }
        script = script.replace(file, &name);
        if kind(file) != "rest" {
            names.push(name);
        }
    }
    fs::write(folder.join(format!("{lazy}.js")), script)?;
    Ok(names)
}

/// Adds a preload of that script to the page, so that it is requested before the app's own script has loaded, and names the parts
/// that `early.js` requests as early where there is a book to open.
fn add_preload(folder: &Path, stem: &str, parts: &[String]) -> Result<()> {
    let page = folder.join("index.html");
    let text = fs::read_to_string(&page)?;
    let tag = text.split_inclusive('>').find(|tag| tag.contains("modulepreload") && tag.contains(stem));
    let tag = tag.context("the page does not preload the app's script")?;
    let both = format!("{tag}{}", tag.replace(stem, &lazy_name(stem)));
    let text = text.replace(tag, &both);
    if !text.contains(NO_PARTS) {
        bail!("the page does not say where the parts of a book are named");
    }
    fs::write(&page, text.replace(NO_PARTS, &format!("data-parts=\"{}\"", parts.join(" "))))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_preloads_both_scripts_and_names_the_parts_of_a_book() {
        let folder = std::env::temp_dir().join(format!("counterfoil-split-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let app = r#"<link rel="modulepreload" href="/books/counterfoil-app-0123456789abcdef.js">"#;
        let rest = r#"<link rel="modulepreload" href="/books/update.js"><script src="/books/early.js" data-parts=""></script>"#;
        fs::write(folder.join("index.html"), format!("<html>{app}{rest}</html>")).unwrap();
        let parts = ["a.wasm".to_owned(), "b.wasm".to_owned()];
        add_preload(&folder, "counterfoil-app-0123456789abcdef", &parts).unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let other = add_preload(&folder, "counterfoil-app-fedcba9876543210", &parts);
        let again = add_preload(&folder, "counterfoil-app-0123456789abcdef", &parts);
        fs::remove_dir_all(&folder).unwrap();

        let lazy = r#"<link rel="modulepreload" href="/books/counterfoil-lazy-0123456789abcdef.js">"#;
        let rest = rest.replace("\"\"", "\"a.wasm b.wasm\"");
        assert_eq!(page, format!("<html>{app}{lazy}{rest}</html>"));
        assert!(other.is_err() && again.is_err());
    }

    #[test]
    fn parts_are_named_after_what_they_have() {
        let kinds = ["split_book.wasm", "split_rest.wasm", "chunk_2.wasm"].map(kind);
        assert_eq!(kinds, ["book", "rest", "shared"]);
    }
}
