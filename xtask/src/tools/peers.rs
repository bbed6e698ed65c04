//! The plain-text accounting programs that the exports are compared with.

use std::path::PathBuf;

use anyhow::Result;

use super::browser::apt;
use super::{install, on_path, python};

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
        let beancount = python::programs("beancount", BEANCOUNT, "bean-check", "to compare exports with it")?;
        let mut peers = Self::default();
        for name in ["hledger", "ledger"] {
            if on_path(name)
                || install(apt().args(["install", "--yes", name]), "no package").is_ok() && on_path(name)
            {
                peers.names.push(name);
            } else {
                say(name, "install the package of that name");
            }
        }
        if let Some(beancount) = beancount {
            peers.names.push("beancount");
            peers.beancount = beancount;
        }
        Ok(peers)
    }
}

fn say(name: &str, how: &str) {
    println!("{name} is not installed, so exports are not compared with it: {how}");
}
