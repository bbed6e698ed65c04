//! `cargo xtask run`: builds the app and serves it on this machine.

use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::app;
use crate::place;
use crate::tools::Tools;

/// Builds the app and serves it.
#[derive(Args)]
pub struct Run {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build the app as it is published: smaller, in two parts and compressed, in minutes instead of one
    #[arg(long)]
    release: bool,
}

impl Run {
    /// Installs missing tools, builds, and serves until interrupted.
    pub fn run(&self) -> Result<()> {
        let tools = Tools::for_building()?;
        println!("{}", self.compiling());
        let mut app = if self.release { app::release(&tools, "/")? } else { app::quick(&tools)? }.spawn()?;
        // In the time in which the app's last crate occupies one core.
        let server = self.server(&tools);
        if !app.wait()?.success() {
            bail!("the app did not build");
        }
        let mut server = server?;
        println!("Counterfoil is built. Open this address in a browser; Ctrl+C ends the server.");
        replace_process(&mut server)
    }

    /// What happens next and how long it takes.
    const fn compiling(&self) -> &'static str {
        if self.release {
            "Compiling the app as it is published, and the server: the first time about six minutes on two cores."
        } else {
            "Compiling the app and the server: the first time about three minutes on two cores, later seconds."
        }
    }

    /// Builds the server and returns the command that serves `dist/`, with the endpoint's data in `data/`.
    pub fn server(&self, tools: &Tools) -> Result<Command> {
        if !tools.command("cargo")?.args(["build", "--quiet", "--package", "cli"]).status()?.success() {
            bail!("the server did not build");
        }
        let mut server = tools.command(&place::counterfoil().to_string_lossy())?;
        server.args(["serve", "--dir", "dist", "--data", "data", "--port", &self.port.to_string()]);
        Ok(server)
    }
}

/// Replaces this process by the server, so that ending it ends the server.
#[cfg(unix)]
fn replace_process(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(server.exec().into())
}

#[cfg(not(unix))]
fn replace_process(server: &mut Command) -> Result<()> {
    if !server.status()?.success() {
        bail!("the server ended");
    }
    Ok(())
}
