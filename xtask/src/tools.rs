//! What the build and the tests need from outside, installed when it is missing.

mod axe;
mod browser;
mod crates;
mod peers;
mod target;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

pub use axe::axe;
pub use browser::browser;
pub use peers::Peers;

/// Programs that are there now, and where those are that are not on the path of the shell.
#[derive(Debug, Default)]
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// What building the app needs: the Wasm target, Trunk and the wasm-bindgen command line.
    pub fn for_building() -> Result<Self> {
        target::wasm()?;
        let mut tools = Self::default();
        for wanted in [crates::TRUNK, crates::WASM_BINDGEN] {
            tools.folders.extend(wanted.ready()?);
        }
        Ok(tools)
    }

    /// What feeding arbitrary bytes to the parsers needs: cargo-fuzz.
    pub fn for_fuzzing() -> Result<Self> {
        Ok(Self { folders: crates::FUZZ.ready()?.into_iter().collect() })
    }

    /// A command that finds these tools before any others.
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

/// Runs an installing command and shows what it says; `sorry` says in one sentence what is missing, why and how.
fn install(command: &mut Command, sorry: &str) -> Result<()> {
    let status = command.status().with_context(|| sorry.to_owned())?;
    if !status.success() {
        bail!("{sorry}");
    }
    Ok(())
}

/// What a program prints about its version, if it is there at all.
fn version_of(program: &std::path::Path) -> Option<String> {
    let answer = Command::new(program).arg("--version").output().ok()?;
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

/// Whether a program of this name is on the path of the shell.
fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .any(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)).is_file())
}
