//! The mail server of the tests.

use std::path::PathBuf;

use anyhow::Result;

use super::python;

const VERSION: &str = "1.4.6";

/// The Python that has it, or `None`, with a message, when it cannot be installed.
pub fn aiosmtpd() -> Result<Option<PathBuf>> {
    let folder = python::programs("aiosmtpd", VERSION, "aiosmtpd", "to test mails with it")?;
    Ok(folder.map(|folder| folder.join("python")))
}
