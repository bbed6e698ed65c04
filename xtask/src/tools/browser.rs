//! The browser of the journeys, its driver, and what reads the PDF files that it prints.

use std::process::Command;

use anyhow::{Result, bail};

use super::{install, on_path};

const FAILURE: &str = "Chromium, chromedriver and pdftotext are needed to try the app in a real browser and could not be \
    installed: install the packages chromium, chromium-driver and poppler-utils (or similar ones), so that all are on the PATH.";

/// Installs them on Debian and similar systems; elsewhere says what to install.
pub fn browser() -> Result<()> {
    if ["chromium", "chromedriver", "pdftotext"].into_iter().all(on_path) {
        return Ok(());
    }
    if !on_path("apt-get") {
        bail!("{FAILURE}");
    }
    println!("Installing chromium, chromium-driver and poppler-utils to try the app in a real browser.");
    // Outdated lists name packages that no longer exist.
    install(apt().arg("update"), FAILURE)?;
    let packages = ["chromium", "chromium-driver", "poppler-utils"];
    install(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages), FAILURE)
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
