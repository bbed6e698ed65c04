//! `cargo xtask build`: the app as files in `dist/`.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::tools::Tools;

/// Where the app will live.
#[derive(Args)]
pub struct Build {
    /// The path below which the files will be served
    #[arg(long, default_value = "/")]
    public_url: String,
}

impl Build {
    /// Installs what is missing, builds the release app and says where it is.
    pub fn build(&self) -> Result<()> {
        let tools = Tools::for_building()?;
        if !release(&tools, &self.public_url)?.status()?.success() {
            bail!("the app did not build");
        }
        println!("Built: any file server can serve dist/ below {} (docs/hosting.md).", self.public_url);
        Ok(())
    }
}

/// The command that builds the release app, precompressed, into `dist/`.
pub fn release(tools: &Tools, public_url: &str) -> Result<Command> {
    let mut command = trunk(tools)?;
    command.args(["build", "--release", "--public-url", public_url]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags());
    Ok(command)
}

/// What the release app is compiled with beyond its profile; for the Wasm target alone.
///
/// Erased components share code that would be compiled once a view: 43 kB less to download. Messages of panics name
/// files, and those of the registry lie in somebody's home, which is nobody's business and differs by machine.
fn flags() -> String {
    let erased = "--cfg erase_components";
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    match home.map(|home| home.join("registry").join("src").display().to_string()) {
        // Flags are parted by spaces, and none can be quoted.
        Some(registry) if !registry.contains(' ') => {
            format!("{erased} --remap-path-prefix={registry}=registry")
        }
        _ => erased.to_owned(),
    }
}

/// Trunk with these tools, fetching nothing by itself.
pub fn trunk(tools: &Tools) -> Result<Command> {
    let mut command = tools.command("trunk").context("Trunk does not run")?;
    command.env("TRUNK_OFFLINE", "true").env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads NO_COLOR=1, as the convention has it, as a wrong value of its own option and stops.
    command.env_remove("NO_COLOR");
    Ok(command)
}
