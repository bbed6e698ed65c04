//! Tools that cargo installs, each version in its own folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::{install, version_of};
use crate::place;

/// A tool from the crate registry.
pub struct Tool {
    /// The crate's name.
    name: &'static str,
    /// The tested version; other versions may write other files.
    version: &'static str,
    /// The program whose version is checked.
    program: &'static str,
    /// The purpose, as the end of a sentence.
    purpose: &'static str,
}

/// Bundles the app.
pub const TRUNK: Tool =
    Tool { name: "trunk", version: "0.21.14", program: "trunk", purpose: "to bundle the app into files" };

/// Must be the version of the `wasm-bindgen` crate, exactly.
pub const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli",
    version: "0.2.129",
    program: "wasm-bindgen",
    purpose: "to generate the JavaScript bindings of the app",
};

/// Feeds arbitrary bytes to the parsers.
pub const FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.1",
    program: "cargo-fuzz",
    purpose: "to feed arbitrary bytes to the parsers",
};

impl Tool {
    /// Installs the tool when it is missing. Returns its folder, or `None` when it is on the path.
    pub fn ready(&self) -> Result<Option<PathBuf>> {
        if self.fits(Path::new(self.program)) {
            return Ok(None);
        }
        let home = place::tool(self.name, self.version)?;
        let programs = home.join("bin");
        if !self.fits(&programs.join(self.program)) {
            self.fetch(&home)?;
        }
        Ok(Some(programs))
    }

    fn fits(&self, program: &Path) -> bool {
        version_of(program).is_some_and(|said| said.split_whitespace().any(|word| word == self.version))
    }

    fn fetch(&self, home: &Path) -> Result<()> {
        let Self { name, version, purpose, .. } = self;
        println!("Installing {name} {version} {purpose}: once, some minutes.");
        let failure = format!(
            "{name} {version} is needed {purpose} and could not be installed: connect to the crate registry and try \
             again, or put {name} {version} on the PATH."
        );
        let root = home.as_os_str();
        install(
            Command::new("cargo")
                .args(["install", "--locked", "--force", "--version", version, name, "--root"])
                .arg(root),
            &failure,
        )
    }
}
