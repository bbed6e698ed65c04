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
    lock: File,
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
            Ok(()) => Ok(Self { path: path.to_owned(), lock: file }),
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

impl Drop for Directory {
    fn drop(&mut self) {
        // Closing the file does not suffice: a process that was started meanwhile keeps a copy of it until it runs its
        // own program. If this fails, the file is closed all the same.
        let _ = self.lock.unlock();
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

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_copy_of_the_open_file_does_not_hold_the_directory() {
        let folder = TempDir::new().unwrap();
        let first = Directory::lock(folder.path()).unwrap();
        let _as_a_started_process_has_it = first.lock.try_clone().unwrap();
        assert!(Directory::lock(folder.path()).is_err());
        drop(first);
        Directory::lock(folder.path()).unwrap();
    }
}
