//! The program that tries the endpoint's interface.

use std::path::PathBuf;

use anyhow::Result;

use super::python;

const VERSION: &str = "4.32.5";

/// The program, or `None`, with a message, when it cannot be installed.
pub fn schemathesis() -> Result<Option<PathBuf>> {
    let folder =
        python::programs("schemathesis", VERSION, "schemathesis", "to try the endpoint's interface")?;
    Ok(folder.map(|folder| folder.join("schemathesis")))
}
