//! Copies of a store: a backup while it is in use, and a store from a backup.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags, params};

use crate::store::model::Bytes16;
use crate::store::sqlite::directory::{Directory, FILE};
use crate::store::sqlite::open;
use crate::store::sqlite::writing::Work;
use crate::store::{Read, Write};

/// Writes a copy of the store in a directory to a new file: one state of it, also while a program is writing.
///
/// # Errors
/// A directory without a store, a file that exists, and a disk that is full.
pub fn backup(directory: &Path, to: &Path) -> Result<()> {
    ensure!(!to.exists(), "{} exists already", to.display());
    let file = directory.join(FILE);
    ensure!(file.is_file(), "there is no store in {}", directory.display());
    let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("cannot open {}", file.display()))?;
    connection.busy_timeout(open::BUSY)?;
    let unfinished = to.with_extension("unfinished");
    let _ = fs::remove_file(&unfinished);
    let name = unfinished.to_str().context("the file name is not UTF-8")?;
    let write = || format!("cannot write {}", to.display());
    // SQLite fills an empty file: created here, it belongs to this user alone, because it contains the endpoint's key.
    private(&unfinished).with_context(write)?;
    connection.execute("VACUUM INTO ?1", params![name]).with_context(write)?;
    File::open(&unfinished).and_then(|file| file.sync_all()).with_context(write)?;
    verify(&unfinished)?;
    fs::rename(&unfinished, to).with_context(write)
}

/// Makes a store in a directory from a backup, and returns the number of shops. Every shop begins a new epoch: devices may
/// know records that the backup does not have, and hand them back.
///
/// # Errors
/// A backup that is damaged, and a directory that has a store.
pub fn restore(from: &Path, directory: &Path, mut draw: impl FnMut() -> Bytes16) -> Result<usize> {
    ensure!(from.is_file(), "there is no file {}", from.display());
    verify(from).with_context(|| format!("cannot use {}", from.display()))?;
    let lock = Directory::lock(directory)?;
    let file = lock.file();
    ensure!(!file.exists(), "{} has a store already", directory.display());
    let unfinished = file.with_extension("unfinished");
    fs::copy(from, &unfinished).with_context(|| format!("cannot write {}", unfinished.display()))?;
    let connection = open::writing(&unfinished)?;
    let shops = Work::new(&connection, "").shops()?;
    for shop in &shops {
        Work::new(&connection, shop).begin_epoch(draw())?;
    }
    open::close(connection)?;
    fs::rename(&unfinished, &file)?;
    File::open(directory)?.sync_all()?;
    Ok(shops.len())
}

#[cfg(unix)]
fn private(file: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(0o600).open(file)
}

#[cfg(not(unix))]
fn private(file: &Path) -> std::io::Result<File> {
    File::create_new(file)
}

/// Checks every page of a copy.
fn verify(file: &Path) -> Result<()> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    open::verify(&connection)
}
