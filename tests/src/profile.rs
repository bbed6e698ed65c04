//! Browser profiles as archives that contain only the data the app stored.

use anyhow::{Context, Result, ensure};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// Where Chromium stores the data of an origin: databases, texts, files, and storage quotas. The cached program is left
/// out, so that the profile is opened by the program under test.
const STORAGE: [&str; 4] =
    ["Default/IndexedDB", "Default/Local Storage", "Default/File System", "Default/WebStorage"];

/// Packs the storage of a profile whose browser has ended.
///
/// # Errors
/// When there is no storage, or `tar` fails.
pub fn pack(profile: &Path, archive: &Path) -> Result<()> {
    let found = STORAGE.into_iter().filter(|name| profile.join(name).exists());
    let words = ["--exclude=LOCK", "--exclude=LOG", "--exclude=LOG.old", "-czf"].map(OsStr::new);
    let words = words.into_iter().chain([archive.as_os_str(), OsStr::new("-C"), profile.as_os_str()]);
    tar(words.chain(found.map(OsStr::new)))
}

/// Unpacks an archive into an empty profile.
///
/// # Errors
/// When the archive does not exist, or `tar` fails.
pub fn unpack(archive: &Path, profile: &Path) -> Result<()> {
    tar(["-xzf".as_ref(), archive.as_os_str(), "-C".as_ref(), profile.as_os_str()])
}

fn tar<'a>(words: impl IntoIterator<Item = &'a OsStr>) -> Result<()> {
    let done = Command::new("tar").args(words).output().context("tar does not run")?;
    ensure!(done.status.success(), "tar: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}
