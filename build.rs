//! Generates typed texts from `locales/`, so that a missing key or argument does not compile.

// What leptos_i18n_build does for texts. It would also compile a reader of all of ICU's data, with a client for its download:
// a quarter of a first build, unused here.
use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    keep_relocations();
    let options = ParseOptions::new().interpolate_display(true).suppress_key_warnings(true);
    let config = Config::new("en")?.add_namespaces(namespaces()?)?.parse_options(options);
    let texts = parse_locales(None, config)?;
    texts.diag.warnings().iter().for_each(|warning| println!("cargo::warning={warning}"));
    texts.diag.errors().iter().for_each(|error| println!("cargo::error={error}"));
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n");
    fs::create_dir_all(&out)?;
    let described = false;
    fs::write(out.join("mod.rs"), gen_code(&texts, None, false, None, described)?.to_string())?;
    Ok(())
}

/// Makes the linker emit relocations, which the release build needs to split the Wasm (`xtask/publish/src/split.rs`).
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
