//! Builds the release versions that are measured.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::tools::Tools;
use crate::{app, place};

/// The release app, in a folder of its own.
pub fn app() -> Result<PathBuf> {
    let dist = place::target().join("bench").join("dist");
    fs::create_dir_all(&dist)?;
    let mut build = app::release(&Tools::for_building()?, "/")?;
    if !build.arg("--dist").arg(&dist).status()?.success() {
        bail!("the app did not build");
    }
    Ok(dist)
}

/// The release command line, and examples of some packages.
pub fn command_line(examples: &[(&str, &str)]) -> Result<()> {
    let mut build = Tools::default().command("cargo")?;
    build.args(["build", "--release", "--package", "cli", "--bin", "counterfoil"]);
    for (package, example) in examples {
        build.args(["--package", package, "--example", example]);
    }
    if !build.status()?.success() {
        bail!("the command line did not build");
    }
    Ok(())
}
