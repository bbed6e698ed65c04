//! The plain-text accounting programs that the exports are compared with.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::browser::apt;
use super::{install, on_path, version_of};
use crate::place;

const BEANCOUNT: &str = "3.2.3";

/// The installed programs. When one cannot be installed, a message says so and the exports are compared with the others.
#[derive(Debug, Default)]
pub struct Peers {
    /// The names for `COUNTERFOIL_PEERS`.
    pub names: Vec<&'static str>,
    /// The folder of Beancount's programs.
    pub beancount: PathBuf,
}

impl Peers {
    /// Installs missing programs: system packages on Debian and similar systems, Beancount in its own folder.
    pub fn ready() -> Result<Self> {
        let home = place::tool("beancount", BEANCOUNT)?;
        let programs = home.join("bin");
        let mut peers = Self { names: Vec::new(), beancount: programs.clone() };
        for name in ["hledger", "ledger"] {
            if on_path(name)
                || install(apt().args(["install", "--yes", name]), "no package").is_ok() && on_path(name)
            {
                peers.names.push(name);
            } else {
                say(name, "install the package of that name");
            }
        }
        if version_of(&programs.join("bean-check")).is_some() || fetch(&home).is_ok() {
            peers.names.push("beancount");
        } else {
            say("beancount", "connect to the Python registry; python3 with venv is needed");
        }
        Ok(peers)
    }
}

fn fetch(home: &std::path::Path) -> Result<()> {
    println!("Installing beancount {BEANCOUNT} to compare exports with it.");
    let failure = "beancount could not be installed";
    install(Command::new("python3").args(["-m", "venv"]).arg(home), failure)?;
    let wanted = format!("beancount=={BEANCOUNT}");
    install(Command::new(home.join("bin/pip")).args(["install", "--quiet", &wanted]), failure)
}

fn say(name: &str, how: &str) {
    println!("{name} is not installed, so exports are not compared with it: {how}");
}
