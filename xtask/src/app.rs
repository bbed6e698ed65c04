//! `cargo xtask build`: the app as files in `dist/`.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::tools::Tools;
use crate::{connect, place};

/// Builds the app into `dist/`.
#[derive(Args)]
pub struct Build {
    /// The path below which the files will be served
    #[arg(long, default_value = "/")]
    public_url: String,
    /// The endpoint of the app, where that is not the one that serves its files: https://sync.example.org
    #[arg(long, value_parser = connect::origin)]
    endpoint: Option<String>,
}

impl Build {
    /// Installs missing tools and builds the release app.
    pub fn build(&self) -> Result<()> {
        let tools = Tools::for_building()?;
        if !release(&tools, &self.public_url)?.status()?.success() {
            bail!("the app did not build");
        }
        if let Some(endpoint) = &self.endpoint {
            connect::connect(&place::at("dist"), endpoint)?;
        }
        println!("Built: any file server can serve dist/ below {} (docs/hosting.md).", self.public_url);
        Ok(())
    }
}

/// The command that builds the release app, precompressed, into `dist/`.
pub fn release(tools: &Tools, public_url: &str) -> Result<Command> {
    let mut command = trunk(tools)?;
    command.args(["build", "--release", "--public-url", public_url]);
    command.env(FLAGS, flags());
    Ok(command)
}

/// The command that builds the app for this machine into `dist/`: the same app as one Wasm file, not compressed, compiled in a
/// fraction of the time.
pub fn quick(tools: &Tools) -> Result<Command> {
    let mut command = trunk(tools)?;
    command.args(["build", "--cargo-profile", QUICK]);
    command.env(FLAGS, flags());
    Ok(command)
}

/// The command that compiles the app exactly as [`quick`] has it compiled, which then only bundles it.
pub fn compile_quick(tools: &Tools) -> Result<Command> {
    let mut cargo = tools.command("cargo")?;
    cargo.args(["build", "--quiet", "--target", "wasm32-unknown-unknown", "--profile", QUICK]);
    cargo.args(["--package", "counterfoil-app", "--bin", "counterfoil-app"]);
    cargo.env(FLAGS, flags());
    Ok(cargo)
}

/// The profile of the app for this machine.
const QUICK: &str = "quick";

/// Where cargo reads the compiler flags of the Wasm target.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The compiler flags of the release app beyond its profile, for the Wasm target alone.
///
/// Erased components share code that would otherwise be compiled for each view: 43 kB less to download. Panic messages
/// contain file names; those of the registry are in a home directory, which is private and differs by machine.
fn flags() -> String {
    let erased = "--cfg erase_components";
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    match home.map(|home| home.join("registry").join("src").display().to_string()) {
        // Flags are separated by spaces and cannot be quoted.
        Some(registry) if !registry.contains(' ') => {
            format!("{erased} --remap-path-prefix={registry}=registry")
        }
        _ => erased.to_owned(),
    }
}

/// Trunk with these tools; it downloads nothing itself.
pub fn trunk(tools: &Tools) -> Result<Command> {
    let mut command = tools.command("trunk").context("Trunk does not run")?;
    command.env("TRUNK_OFFLINE", "true").env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk takes the conventional NO_COLOR=1 for a wrong value of its own option and stops.
    command.env_remove("NO_COLOR");
    Ok(command)
}
