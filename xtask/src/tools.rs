//! The external tools of the build and the tests, installed when missing.

mod aiosmtpd;
mod axe;
mod browser;
mod crates;
mod patroni;
mod peers;
mod postgres;
mod python;
mod schemathesis;
mod stripe;
mod target;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

pub use aiosmtpd::aiosmtpd;
pub use axe::axe;
pub use browser::browser;
use crates::Tool;
pub use patroni::patroni;
pub use peers::Peers;
pub use postgres::postgres;
pub use schemathesis::schemathesis;
pub use stripe::stripe;

/// The external tools of a task.
#[derive(Default)]
pub struct Tools {
    /// The folders of those that are not on the path.
    folders: Vec<PathBuf>,
    /// Those that have to be installed.
    missing: Vec<Tool>,
}

impl Tools {
    /// The tools of the build: the Wasm target, Trunk and the wasm-bindgen command line.
    pub fn for_building() -> Result<Self> {
        let mut tools = Self::planned_for_building()?;
        tools.install()?;
        Ok(tools)
    }

    /// The tools of the build before [`Self::install`]. The Wasm target, which takes seconds, is installed.
    pub fn planned_for_building() -> Result<Self> {
        target::wasm()?;
        Self::planned([crates::TRUNK, crates::WASM_BINDGEN])
    }

    /// The tool of the fuzzing steps: cargo-fuzz.
    pub fn for_fuzzing() -> Result<Self> {
        let mut tools = Self::planned([crates::FUZZ])?;
        tools.install()?;
        Ok(tools)
    }

    fn planned(wanted: impl IntoIterator<Item = Tool>) -> Result<Self> {
        let mut tools = Self::default();
        for tool in wanted {
            let folder = tool.folder()?;
            if tool.is_missing(folder.as_deref()) {
                tools.missing.push(tool);
            }
            tools.folders.extend(folder);
        }
        Ok(tools)
    }

    /// Whether some have to be installed, which takes minutes.
    pub const fn are_missing(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Installs the missing ones.
    pub fn install(&mut self) -> Result<()> {
        self.missing.drain(..).try_for_each(|tool| tool.install())
    }

    /// A command that finds these tools first.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command.env("PATH", self.path()?).current_dir(crate::place::at(""));
        Ok(command)
    }

    fn path(&self) -> Result<OsString> {
        let usual = env::var_os("PATH").unwrap_or_default();
        Ok(env::join_paths(self.folders.iter().cloned().chain(env::split_paths(&usual)))?)
    }
}

/// Runs an installation. `failure` is the error message: what is missing, why it is needed and how to install it.
fn install(command: &mut Command, failure: &str) -> Result<()> {
    let status = command.status().with_context(|| failure.to_owned())?;
    if !status.success() {
        bail!("{failure}");
    }
    Ok(())
}

/// The version that a program prints; `None` when it is not installed.
fn version_of(program: &std::path::Path) -> Option<String> {
    let answer = Command::new(program).arg("--version").output().ok()?;
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

/// Whether a program is on the path.
fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .any(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)).is_file())
}
