//! `cargo xtask dev`: serves the app and rebuilds it on every change.

use anyhow::{Result, bail};

use crate::app;
use crate::run::{Run, compile_server};
use crate::tools::Tools;

/// Serves the app and rebuilds it whenever a file changes; reload the page to see it.
///
/// The endpoint serves the app, with the same content security policy as in production: Trunk's own server would add an
/// inline script.
pub fn dev(run: &Run) -> Result<()> {
    let tools = Tools::for_building()?;
    let mut first = app::trunk(&tools)?;
    // A cached version would hide each change until "Update ready" is confirmed.
    if !first.arg("build").env("COUNTERFOIL_NO_CACHE", "1").status()?.success() {
        bail!("the app did not build");
    }
    if !compile_server(&tools)?.status()?.success() {
        bail!("the server did not build");
    }
    let mut server = run.server(&tools)?.spawn()?;
    let watched = app::trunk(&tools)?.arg("watch").env("COUNTERFOIL_NO_CACHE", "1").status();
    server.kill()?;
    watched?;
    Ok(())
}
