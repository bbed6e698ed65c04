//! A store in one SQLite file in a directory.
//!
//! One thread writes. It commits what has come in meanwhile in one transaction, each piece of work in a savepoint of its
//! own: many small writes share one wait for the disk, and each of them is all or nothing. Reads see one state each, on
//! connections of their own.

mod copy;
mod directory;
mod failure;
mod open;
mod reading;
mod rows;
mod writer;
mod writing;

pub use copy::{backup, restore};

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use rusqlite::Connection;

use crate::store::{Fault, Pending, ReadWork, Store, WriteWork};
use directory::Directory;
use reading::Snapshot;
use writer::Writer;

/// A store in a directory that no other program has open.
#[derive(Debug)]
pub struct Sqlite {
    writer: Writer,
    readers: Arc<Readers>,
    _directory: Directory,
}

/// Connections that are not in use.
#[derive(Debug)]
struct Readers {
    file: PathBuf,
    free: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens the store in a directory, which is created if it does not exist. Checks it if it was not closed, and moves a
    /// store of an older version to this one.
    ///
    /// # Errors
    /// A directory that cannot be used or is in use, a damaged store, and a store of a newer version.
    pub fn open(path: &Path) -> Result<Self> {
        let directory = Directory::lock(path)?;
        let file = directory.file();
        let connection = open::writing(&file).with_context(|| format!("cannot open {}", file.display()))?;
        let readers = Arc::new(Readers { file, free: Mutex::default() });
        Ok(Self { writer: Writer::start(connection)?, readers, _directory: directory })
    }
}

impl Store for Sqlite {
    fn write(&self, shop: &str, work: WriteWork) -> Pending {
        self.writer.send(shop, work)
    }

    fn read(&self, work: ReadWork) -> Pending {
        let readers = Arc::clone(&self.readers);
        let work = tokio::task::spawn_blocking(move || readers.read(work));
        Box::pin(async move { work.await.unwrap_or_else(|_| Err(Fault::broken("a transaction stopped"))) })
    }
}

impl Readers {
    /// The most connections that wait for work.
    const MAX_FREE: usize = 8;

    fn read(&self, work: ReadWork) -> Result<(), Fault> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            None => open::reading(&self.file)?,
        };
        let outcome = Snapshot::of(&connection).and_then(|snapshot| work(&snapshot));
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < Self::MAX_FREE {
            free.push(connection);
        }
        outcome
    }
}
