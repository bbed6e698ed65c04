//! A copy of the built app that a journey may change under the server: a new version, a broken one.

use crate::paths;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of the built app; gone with this value.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// Copies the built app without its compressed forms, which would stay as they were when a file changes.
    ///
    /// # Errors
    /// When it is not built.
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

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Makes it another version of the app, as a deployment would.
    ///
    /// # Errors
    /// When the worker does not name its version.
    pub fn publish(&self, version: &str) -> Result<()> {
        let file = self.folder().join("sw.js");
        let worker = fs::read_to_string(&file)?;
        let (head, rest) = worker.split_once("VERSION = '").context("sw.js names no version")?;
        let (_, tail) = rest.split_once('\'').context("sw.js names no version")?;
        Ok(fs::write(&file, format!("{head}VERSION = '{version}'{tail}"))?)
    }

    /// Takes the last bytes of the app's program away, as a broken upload would, and returns them.
    ///
    /// # Errors
    /// When there is not exactly one program.
    pub fn cut(&self) -> Result<Cut> {
        let files: Vec<PathBuf> =
            fs::read_dir(self.folder())?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        let mut programs = files.into_iter().filter(|file| is_program(file));
        let file = programs.next().context("there is no program")?;
        ensure!(programs.next().is_none(), "there are two programs");
        let whole = fs::read(&file)?;
        let left = whole.get(..whole.len().saturating_sub(7)).unwrap_or_default();
        fs::write(&file, left)?;
        Ok(Cut { file, whole })
    }
}

/// Whether it is the program that the page starts with.
fn is_program(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with("counterfoil-app-") && name.ends_with(".wasm")
}

/// A broken program, and what it was.
pub struct Cut {
    file: PathBuf,
    whole: Vec<u8>,
}

impl Cut {
    /// Makes the program whole again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn mend(self) -> Result<()> {
        Ok(fs::write(self.file, self.whole)?)
    }
}
