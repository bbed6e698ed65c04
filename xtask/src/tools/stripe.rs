//! The card processor's own library, which says whether the double of the tests speaks as it does.

use std::path::PathBuf;

use anyhow::Result;

use super::python;

const VERSION: &str = "16.1.0";

/// The Python that has the library, or `None`, with a message, when it cannot be installed.
pub fn stripe() -> Result<Option<PathBuf>> {
    python::library("stripe", VERSION, "to check the double of the card processor")
}
