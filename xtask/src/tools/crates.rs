//! Tools that cargo installs, each version and compiler profile in its own folder.

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
    /// How long the installation takes on two cores, as the end of a sentence.
    takes: &'static str,
    /// The level of optimisation: 0 for a tool that mostly copies files, 1 for one that reads and writes the whole app.
    optimisation: &'static str,
}

/// Bundles the app. Its default features are an update check and TLS; it runs offline and serves nothing here.
pub const TRUNK: Tool = Tool {
    name: "trunk",
    version: "0.21.14",
    program: "trunk",
    purpose: "to bundle the app into files",
    takes: "about three minutes on two cores",
    optimisation: "0",
};

/// Must be the version of the `wasm-bindgen` crate, exactly. Its default feature is TLS for a remote browser.
pub const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli",
    version: "0.2.129",
    program: "wasm-bindgen",
    purpose: "to generate the JavaScript bindings of the app",
    takes: "about a minute and a half on two cores",
    optimisation: "1",
};

/// Feeds arbitrary bytes to the parsers.
pub const FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.1",
    program: "cargo-fuzz",
    purpose: "to feed arbitrary bytes to the parsers",
    takes: "a minute or two on two cores",
    optimisation: "1",
};

/// The profile that the tools are compiled with: they run for seconds, so their own release profiles with whole-program
/// optimisation, which take more than twice as long to compile, would never pay.
const PROFILE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
];

/// The name of this profile and of the features, for the folder: a change of either installs the tools again.
const PROFILE_NAME: &str = "quick";

impl Tool {
    /// The folder of its program, present or not; `None` when the program is on the path.
    pub fn folder(&self) -> Result<Option<PathBuf>> {
        if self.fits(Path::new(self.program)) {
            return Ok(None);
        }
        Ok(Some(self.home()?.join("bin")))
    }

    /// Whether it has to be installed, given its folder.
    pub fn is_missing(&self, folder: Option<&Path>) -> bool {
        folder.is_some_and(|programs| !self.fits(&programs.join(self.program)))
    }

    fn home(&self) -> Result<PathBuf> {
        place::tool(self.name, &format!("{}-{PROFILE_NAME}-{}", self.version, self.optimisation))
    }

    fn fits(&self, program: &Path) -> bool {
        version_of(program).is_some_and(|said| said.split_whitespace().any(|word| word == self.version))
    }

    /// Installs it.
    pub fn install(&self) -> Result<()> {
        let Self { name, version, purpose, takes, optimisation, .. } = self;
        println!("Installing {name} {version} {purpose}: once, {takes}.");
        let failure = format!(
            "{name} {version} is needed {purpose} and could not be installed: connect to the crate registry and try \
             again, or put {name} {version} on the PATH."
        );
        install(
            Command::new("cargo")
                .args([
                    "install",
                    "--quiet",
                    "--locked",
                    "--force",
                    "--no-default-features",
                    "--version",
                    version,
                ])
                .arg(name)
                .arg("--root")
                .arg(self.home()?)
                .envs(PROFILE)
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", optimisation),
            &failure,
        )
    }
}
