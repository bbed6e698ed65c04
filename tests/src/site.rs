//! A copy of the built app that a journey can change while it is served: a new version, a broken upload.

use crate::paths;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of the built app; dropping the value deletes it.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// Copies the built app without its compressed files, which would be stale when a file changes.
    ///
    /// # Errors
    /// When the app is not built.
    pub fn copy() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for entry in fs::read_dir(paths::dist()?)? {
            let file = entry?.path();
            let compressed = file.extension().is_some_and(|end| end == "br" || end == "gz");
            if let Some(name) = file.file_name().filter(|_| file.is_file() && !compressed) {
                fs::copy(&file, folder.path().join(name))?;
            }
        }
        Ok(Self { folder })
    }

    /// The folder of the copy.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the copy another version, like a deployment.
    ///
    /// # Errors
    /// When `sw.js` contains no version.
    pub fn publish(&self, version: &str) -> Result<()> {
        let file = self.folder().join("sw.js");
        let worker = fs::read_to_string(&file)?;
        let (head, rest) = worker.split_once("VERSION = '").context("sw.js names no version")?;
        let (_, tail) = rest.split_once('\'').context("sw.js names no version")?;
        Ok(fs::write(&file, format!("{head}VERSION = '{version}'{tail}"))?)
    }

    /// Truncates the app's Wasm file, like a broken upload. The returned value restores it.
    ///
    /// # Errors
    /// When there is not exactly one Wasm file of the app.
    pub fn truncate_wasm(&self) -> Result<Truncated> {
        let files: Vec<PathBuf> =
            fs::read_dir(self.folder())?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        let mut found = files.into_iter().filter(|file| is_app_wasm(file));
        let file = found.next().context("there is no Wasm file of the app")?;
        ensure!(found.next().is_none(), "there are two Wasm files of the app");
        let whole = fs::read(&file)?;
        let left = whole.get(..whole.len().saturating_sub(7)).unwrap_or_default();
        fs::write(&file, left)?;
        Ok(Truncated { file, whole })
    }
}

/// True for the Wasm file that the page starts with.
fn is_app_wasm(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with("counterfoil-app-") && name.ends_with(".wasm")
}

/// A truncated Wasm file and its original content.
pub struct Truncated {
    file: PathBuf,
    whole: Vec<u8>,
}

impl Truncated {
    /// Restores the original content.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn restore(self) -> Result<()> {
        Ok(fs::write(self.file, self.whole)?)
    }
}
