//! Generates typed texts from `locales/` (`crates/texts`), so that a missing text or argument does not compile.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    keep_relocations();
    match texts::read(Path::new("locales")) {
        Ok(catalog) => {
            let out = PathBuf::from(std::env::var("OUT_DIR")?).join("texts.rs");
            fs::write(out, texts::code(&catalog))?;
        }
        Err(wrong) => wrong.iter().for_each(|wrong| println!("cargo::error={wrong}")),
    }
    Ok(())
}

/// Makes the linker emit relocations, which the release build needs to split the Wasm (`xtask/publish/src/split.rs`).
fn keep_relocations() {
    let is = |name: &str, wanted: &str| std::env::var(name).is_ok_and(|value| value == wanted);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
