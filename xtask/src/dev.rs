//! `cargo xtask dev`: the quick edit loop.

use anyhow::{Result, bail};

use crate::app;
use crate::run::Run;
use crate::tools::Tools;

/// Serves the app and rebuilds it whenever a file changes; reload the page to see it.
///
/// The endpoint serves it, under the same rules as everywhere: Trunk's own server would write an inline script.
pub fn dev(asked: &Run) -> Result<()> {
    let tools = Tools::for_building()?;
    let mut first = app::trunk(&tools)?;
    // A kept version would hide each change behind "Update ready".
    if !first.arg("build").env("COUNTERFOIL_NO_CACHE", "1").status()?.success() {
        bail!("the app did not build");
    }
    let mut server = asked.server(&tools)?.spawn()?;
    let watched = app::trunk(&tools)?.arg("watch").env("COUNTERFOIL_NO_CACHE", "1").status();
    server.kill()?;
    watched?;
    Ok(())
}
