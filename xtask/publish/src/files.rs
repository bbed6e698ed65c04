//! Lists the files below a folder in a fixed order.

use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

/// Every file below `folder`, sorted, so that results are the same on every machine.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}
