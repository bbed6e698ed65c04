//! Patroni and etcd, for failovers of a database.

use anyhow::{Result, bail};

use super::browser::apt;
use super::{install, on_path};

const FAILURE: &str = "Patroni and etcd are needed to lose primaries of a database, and could not be installed: install the packages \
    patroni, etcd-server and python3-etcd.";

/// Installs both on Debian and similar systems; elsewhere says what to install.
pub fn patroni() -> Result<()> {
    let is_there = || on_path("patroni") && on_path("etcd");
    if is_there() {
        return Ok(());
    }
    if !on_path("apt-get") {
        bail!("{FAILURE}");
    }
    println!("Installing patroni and etcd to lose primaries of a database.");
    install(apt().arg("update"), FAILURE)?;
    let packages = ["install", "--yes", "--no-install-recommends", "patroni", "etcd-server", "python3-etcd"];
    install(apt().args(packages), FAILURE)?;
    if is_there() { Ok(()) } else { bail!("{FAILURE}") }
}
