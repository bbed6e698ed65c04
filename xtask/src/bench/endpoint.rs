//! `cargo xtask bench endpoint`: what a push costs at an endpoint over SQLite and over PostgreSQL.

use anyhow::{Result, bail};

use crate::tools::{self, Tools};

/// Measures and prints.
pub fn bench() -> Result<()> {
    tools::postgres()?;
    let mut bench = Tools::default().command("cargo")?;
    if !bench.args(["bench", "--package", "endpoint", "--bench", "pushes"]).status()?.success() {
        bail!("the endpoint could not be measured");
    }
    Ok(())
}
