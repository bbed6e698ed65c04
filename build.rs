//! Generates typed texts from `locales/`, so that a missing key or argument does not compile.

use leptos_i18n_build::options::CodegenOptions;
use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    keep_relocations();
    let options = ParseOptions::new().interpolate_display(true).suppress_key_warnings(true);
    let config = Config::new("en")?.add_namespaces(namespaces()?)?.parse_options(options);
    let texts = TranslationsInfos::parse(config)?;
    texts.emit_diagnostics();
    texts.rerun_if_locales_changed();
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n");
    texts.generate_i18n_module_with_options(out, CodegenOptions::new().gen_docs(false))?;
    Ok(())
}

/// Makes the linker emit relocations, which the release build needs to split the Wasm (`xtask/src/split.rs`).
fn keep_relocations() {
    let is = |name: &str, wanted: &str| std::env::var(name).is_ok_and(|value| value == wanted);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}

/// The namespaces: one per file of the first language. The other languages must have the same files.
fn namespaces() -> Result<Vec<String>, Box<dyn Error>> {
    let mut found = Vec::new();
    for file in std::fs::read_dir("locales/en")? {
        let path = file?.path();
        found.extend(path.file_stem().and_then(|stem| stem.to_str()).map(String::from));
    }
    found.sort();
    Ok(found)
}
