//! PostgreSQL, for the tests of endpoints that share a database. The tests start servers of their own.

use std::path::Path;

use anyhow::{Result, bail};

use super::browser::apt;
use super::{install, on_path};

const FAILURE: &str = "PostgreSQL 15 or newer is needed to test endpoints that share a database, and could not be installed: \
    install the package postgresql, so that initdb is in /usr/lib/postgresql/VERSION/bin.";

/// Installs PostgreSQL on Debian and similar systems; elsewhere says what to install.
pub fn postgres() -> Result<()> {
    if is_there() {
        return Ok(());
    }
    if !on_path("apt-get") {
        bail!("{FAILURE}");
    }
    println!("Installing postgresql to test endpoints that share a database.");
    install(apt().arg("update"), FAILURE)?;
    install(apt().args(["install", "--yes", "--no-install-recommends", "postgresql"]), FAILURE)?;
    if is_there() { Ok(()) } else { bail!("{FAILURE}") }
}

fn is_there() -> bool {
    let versions = Path::new("/usr/lib/postgresql").read_dir();
    versions.into_iter().flatten().flatten().any(|version| version.path().join("bin/initdb").is_file())
}
