//! The directory of a store, which one program has at a time.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The name of the file of a store.
pub const FILE: &str = "journal.sqlite";
const LOCK: &str = "lock";

/// A directory that belongs to this program until the value is dropped.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Takes the directory, and creates it if it does not exist, for this user alone: it will contain keys.
    ///
    /// # Errors
    /// A directory that cannot be written, or is in use.
    pub fn lock(path: &Path) -> Result<Self> {
        create(path).with_context(|| format!("cannot create the directory {}", path.display()))?;
        let lock = path.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&lock);
        let file = file.with_context(|| format!("cannot write {}", lock.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: file }),
            Err(TryLockError::WouldBlock) => bail!("another program is using {}", path.display()),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", lock.display()))
            }
        }
    }

    /// The file of the store.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.path.join(FILE)
    }
}

#[cfg(unix)]
fn create(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path)
}
