//! The browser of the journeys, and its driver.

use std::process::Command;

use anyhow::{Result, bail};

use super::{install, on_path};

const FAILURE: &str = "Chromium and chromedriver are needed to try the app in a real browser and could not be installed: \
    install the packages chromium and chromium-driver (or similar ones), so that both are on the PATH.";

/// Installs Chromium and chromedriver on Debian and similar systems; elsewhere says what to install.
pub fn browser() -> Result<()> {
    if on_path("chromium") && on_path("chromedriver") {
        return Ok(());
    }
    if !on_path("apt-get") {
        bail!("{FAILURE}");
    }
    println!("Installing chromium and chromium-driver to try the app in a real browser.");
    // Outdated lists name packages that no longer exist.
    install(apt().arg("update"), FAILURE)?;
    install(
        apt().args(["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"]),
        FAILURE,
    )
}

/// `apt-get` as the administrator: directly, or through `sudo` if it is installed (without waiting for a password).
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
