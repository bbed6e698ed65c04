//! `cargo xtask run`: builds the app and serves it on this machine.

use std::process::{Child, Command, Stdio};

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
        let mut tools = Tools::planned_for_building()?;
        println!("{}", self.compiling(&tools));
        let mut server = self.server(&tools)?;
        // Each of these occupies only one core for a part of the time.
        let mut beside = Beside::default();
        beside.start("server", compile_server(&tools)?)?;
        if tools.are_missing() && !self.release {
            beside.start("app", app::compile_quick(&tools)?)?;
        }
        tools.install()?;
        let mut app = if self.release { app::release(&tools, "/")? } else { app::quick(&tools)? };
        if !app.status()?.success() {
            bail!("the app did not build");
        }
        beside.finish()?;
        println!("Counterfoil is built. Open this address in a browser; Ctrl+C ends the server.");
        replace_process(&mut server)
    }

    /// What happens next and how long it takes.
    const fn compiling(&self, tools: &Tools) -> &'static str {
        match (self.release, tools.are_missing()) {
            (true, _) => {
                "Compiling the app as it is published, and the server: the first time about six minutes on two cores."
            }
            (false, true) => {
                "Compiling the tools, the app and the server: once, about nine minutes on two cores; later seconds."
            }
            (false, false) => {
                "Compiling the app and the server: the first time about four minutes on two cores, later seconds."
            }
        }
    }

    /// The command that serves `dist/`, with the endpoint's data in `data/`.
    pub fn server(&self, tools: &Tools) -> Result<Command> {
        let mut server = tools.command(&place::counterfoil().to_string_lossy())?;
        server.args(["serve", "--dir", "dist", "--data", "data", "--port", &self.port.to_string()]);
        Ok(server)
    }
}

/// The command that builds the server.
pub fn compile_server(tools: &Tools) -> Result<Command> {
    let mut cargo = tools.command("cargo")?;
    cargo.args(["build", "--quiet", "--package", "cli"]);
    Ok(cargo)
}

/// Builds that run beside this process; they end with it.
#[derive(Default)]
struct Beside(Vec<(&'static str, Child)>);

impl Beside {
    /// Starts the build of `what`.
    fn start(&mut self, what: &'static str, mut build: Command) -> Result<()> {
        self.0.push((what, build.stdin(Stdio::null()).spawn()?));
        Ok(())
    }

    /// Waits for all of them.
    fn finish(mut self) -> Result<()> {
        for (what, build) in &mut self.0 {
            if !build.wait()?.success() {
                bail!("the {what} did not build");
            }
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        for (_, build) in &mut self.0 {
            // Fails only for a build that has ended.
            let _ = build.kill();
        }
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
