//! Programs of the Python registry, each in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::{install, version_of};
use crate::place;

/// The folder of the programs of a package in this version, or `None`, with a message, when it cannot be installed.
pub fn programs(package: &str, version: &str, program: &str, what_for: &str) -> Result<Option<PathBuf>> {
    let home = place::tool(package, version)?;
    let programs = home.join("bin");
    if version_of(&programs.join(program)).is_some() || fetch(&home, package, version, what_for).is_ok() {
        return Ok(Some(programs));
    }
    println!("{package} is not installed: connect to the Python registry; python3 with venv is needed");
    Ok(None)
}

/// The Python that can import a package in this version, or `None`, with a message, when it cannot be installed.
pub fn library(package: &str, version: &str, what_for: &str) -> Result<Option<PathBuf>> {
    let home = place::tool(package, version)?;
    let python = home.join("bin/python");
    let imports = || Command::new(&python).args(["-c", &format!("import {package}")]).output();
    let is_there = imports().is_ok_and(|answer| answer.status.success());
    if is_there || fetch(&home, package, version, what_for).is_ok() {
        return Ok(Some(python));
    }
    println!("{package} is not installed: connect to the Python registry; python3 with venv is needed");
    Ok(None)
}

fn fetch(home: &Path, package: &str, version: &str, what_for: &str) -> Result<()> {
    println!("Installing {package} {version} {what_for}.");
    let failure = format!("{package} could not be installed");
    install(Command::new("python3").args(["-m", "venv"]).arg(home), &failure)?;
    let wanted = format!("{package}=={version}");
    install(Command::new(home.join("bin/pip")).args(["install", "--quiet", &wanted]), &failure)
}
