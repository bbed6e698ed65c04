//! The browser that the journeys drive, and its driver.

use std::process::Command;

use anyhow::{Result, bail};

use super::{install, on_path};

const SORRY: &str = "Chromium and chromedriver are needed to try the app in a real browser and could not be installed: \
    install the packages chromium and chromium-driver (or their like), so that both are on the PATH.";

/// Installs Chromium and chromedriver where the system is Debian or its like; elsewhere says what to install.
pub fn browser() -> Result<()> {
    if on_path("chromium") && on_path("chromedriver") {
        return Ok(());
    }
    if !on_path("apt-get") {
        bail!("{SORRY}");
    }
    println!("Installing chromium and chromium-driver to try the app in a real browser.");
    // Stale lists name packages that are gone.
    install(apt().arg("update"), SORRY)?;
    install(apt().args(["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"]), SORRY)
}

/// `apt-get`, as the administrator: directly, or through `sudo` where there is one (never waiting for a password).
pub(super) fn apt() -> Command {
    let mut command = if on_path("sudo") && !is_administrator() {
        let mut command = Command::new("sudo");
        command.args(["--non-interactive", "apt-get"]);
        command
    } else {
        Command::new("apt-get")
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}

fn is_administrator() -> bool {
    let answer = Command::new("id").arg("--user").output();
    answer.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}
