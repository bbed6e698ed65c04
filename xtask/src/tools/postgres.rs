//! PostgreSQL and PgBouncer, for the tests of endpoints that share a database. The tests start servers of their own.

use std::path::Path;

use anyhow::{Result, bail};

use super::browser::apt;
use super::{install, on_path};

const FAILURE: &str = "PostgreSQL 15 or newer and PgBouncer are needed to test endpoints that share a database, and could not be \
    installed: install the packages postgresql and pgbouncer, so that initdb is in /usr/lib/postgresql/VERSION/bin, and \
    pgbouncer in /usr/sbin.";

/// Installs both on Debian and similar systems; elsewhere says what to install.
pub fn postgres() -> Result<()> {
    if is_there() {
        return Ok(());
    }
    if !on_path("apt-get") {
        bail!("{FAILURE}");
    }
    println!("Installing postgresql and pgbouncer to test endpoints that share a database.");
    install(apt().arg("update"), FAILURE)?;
    install(apt().args(["install", "--yes", "--no-install-recommends", "postgresql", "pgbouncer"]), FAILURE)?;
    if is_there() { Ok(()) } else { bail!("{FAILURE}") }
}

fn is_there() -> bool {
    let versions = Path::new("/usr/lib/postgresql").read_dir();
    let has_server =
        versions.into_iter().flatten().flatten().any(|version| version.path().join("bin/initdb").is_file());
    has_server && Path::new("/usr/sbin/pgbouncer").is_file()
}
