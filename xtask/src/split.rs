//! Parts the finished app: what a first visit needs, and what comes right after it (`src/split/screens.rs`).
//!
//! Trunk knows one Wasm file. So its file is made once more from what the compiler left, in two: the linker's own notes
//! say which function needs which, and what is reached through the boundary alone goes into a file that the page fetches
//! by itself.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::files;
use crate::place;
use crate::tools::Tools;

/// Parts the app in `folder`.
pub fn split(folder: &Path) -> Result<()> {
    let stem = stem(folder)?;
    let work = place::target().join("split");
    let (main, link) = (work.join("main.wasm"), format!("./{}.js", lazy(&stem)));
    let whole = fs::read(place::target().join("wasm32-unknown-unknown/app/counterfoil-app.wasm"))?;
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    part(&whole, &work, &main, &link, &stem)?;
    bind(&main, folder, &stem)?;
    take_lazy(&work, folder, &stem)?;
    name_in_page(folder, &stem)
}

/// The app's name with its hash, as Trunk gave it: `counterfoil-app-0123456789abcdef`.
fn stem(folder: &Path) -> Result<String> {
    for file in files::below(folder)? {
        let name = files::address(folder, &file)?;
        if let Some(stem) = name.strip_suffix("_bg.wasm") {
            return Ok(stem.to_owned());
        }
    }
    bail!("Trunk left no Wasm")
}

/// The name of the lazy part. It ends in the same hash: nobody is given the lazy part of another version.
fn lazy(stem: &str) -> String {
    stem.replacen("counterfoil-app-", "counterfoil-lazy-", 1)
}

fn part(whole: &[u8], work: &Path, main: &Path, link: &str, stem: &str) -> Result<()> {
    let script = format!("./{stem}.js");
    let mut options = Options::new(whole);
    options.output_dir = work;
    options.main_out_path = main;
    options.link_name = link;
    options.main_module = &script;
    let parted = transform(options).map_err(|cause| anyhow!("the app cannot be parted: {cause:#}"))?;
    match parted.split_modules.as_slice() {
        [_] => Ok(()),
        parts => bail!("the app has {} lazy parts and should have one", parts.len()),
    }
}

/// Joins the first part with the browser, as Trunk does with the whole.
fn bind(main: &Path, folder: &Path, stem: &str) -> Result<()> {
    let mut bind = Tools::for_building()?.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", stem, "--out-dir"]);
    if !bind.arg(folder).arg(main).status().context("wasm-bindgen does not run")?.success() {
        bail!("the first part of the app could not be joined with the browser");
    }
    Ok(())
}

/// Takes over the lazy part and the script that fetches it.
fn take_lazy(work: &Path, folder: &Path, stem: &str) -> Result<()> {
    let lazy = lazy(stem);
    let (name, made) = (format!("{lazy}_bg.wasm"), "split_rest.wasm");
    fs::copy(work.join(made), folder.join(&name))?;
    let script = fs::read_to_string(work.join(format!("{lazy}.js")))?;
    if script.matches(made).count() != 1 {
        bail!("the script of the lazy part does not name it once");
    }
    fs::write(folder.join(format!("{lazy}.js")), script.replace(made, &name))?;
    Ok(())
}

/// The page asks for that script at once, not when the app's own has come and names it.
fn name_in_page(folder: &Path, stem: &str) -> Result<()> {
    let page = folder.join("index.html");
    let text = fs::read_to_string(&page)?;
    let named = text.split_inclusive('>').find(|tag| tag.contains("modulepreload") && tag.contains(stem));
    let named = named.context("the page does not ask for the app's script")?;
    let both = format!("{named}{}", named.replace(stem, &lazy(stem)));
    fs::write(&page, text.replace(named, &both))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_asks_for_the_script_of_both_parts() {
        let folder = std::env::temp_dir().join(format!("counterfoil-split-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let app = r#"<link rel="modulepreload" href="/books/counterfoil-app-0123456789abcdef.js">"#;
        let rest = r#"<link rel="modulepreload" href="/books/update.js">"#;
        fs::write(folder.join("index.html"), format!("<html>{app}{rest}</html>")).unwrap();
        name_in_page(&folder, "counterfoil-app-0123456789abcdef").unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let other = name_in_page(&folder, "counterfoil-app-fedcba9876543210");
        fs::remove_dir_all(&folder).unwrap();

        let lazy = r#"<link rel="modulepreload" href="/books/counterfoil-lazy-0123456789abcdef.js">"#;
        assert_eq!(page, format!("<html>{app}{lazy}{rest}</html>"));
        assert!(other.is_err());
    }
}
