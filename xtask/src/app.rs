//! `cargo xtask build`: the app as files in `dist/`.

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
    Ok(command)
}

/// Trunk with these tools, fetching nothing by itself.
pub fn trunk(tools: &Tools) -> Result<Command> {
    let mut command = tools.command("trunk").context("Trunk does not run")?;
    command.env("TRUNK_OFFLINE", "true").env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads NO_COLOR=1, as the convention has it, as a wrong value of its own option and stops.
    command.env_remove("NO_COLOR");
    Ok(command)
}
