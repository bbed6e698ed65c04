//! What is done to what the browser stores, while the app is closed.

use crate::damage::{change, leave_app, write_back};
use anyhow::{Context, Result, ensure};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use tests::{Browser, Journey};

/// One thing.
#[derive(Debug, Clone, Copy)]
pub enum Doing {
    DeleteDatabase,
    FlipByteOfDatabase,
    TruncateDatabase,
    SetDatabaseBack,
    ChangeEntry,
    RemoveEntry,
    DeleteMirror,
    FlipByteOfMirror,
    DeleteSettings,
    OpenApp,
}

/// JavaScript that changes a byte in the middle of the last row of the mirror.
const FLIP: &str = "(async () => {
    let folder = await navigator.storage.getDirectory();
    for (const name of ['counterfoil', (await indexedDB.databases())[0].name]) folder = await folder.getDirectoryHandle(name);
    const names = [];
    for await (const name of folder.keys()) if (/^\\d+-\\d+$/.test(name)) names.push(name);
    const file = await folder.getFileHandle(names.sort().pop());
    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
    bytes[bytes.length - 100] ^= 1;
    const writer = await file.createWritable();
    await writer.write(bytes);
    await writer.close();
    return true })()";

impl Doing {
    /// What happens, for the table.
    pub fn words(self) -> &'static str {
        match self {
            Self::DeleteDatabase => "database deleted",
            Self::FlipByteOfDatabase => "a byte of the database’s file changed",
            Self::TruncateDatabase => "the end of the database’s file cut off",
            Self::SetDatabaseBack => "database set back to an earlier copy",
            Self::ChangeEntry => "an entry changed in the database",
            Self::RemoveEntry => "an entry removed from the database",
            Self::DeleteMirror => "second copy deleted",
            Self::FlipByteOfMirror => "a byte of the second copy changed",
            Self::DeleteSettings => "local storage deleted",
            Self::OpenApp => "app opened and closed",
        }
    }

    /// Does it. No page of the app is open, before and after it.
    pub async fn run(self, page: &mut Journey, earlier: &str) -> Result<()> {
        match self {
            Self::SetDatabaseBack => write_back(page, earlier).await,
            Self::ChangeEntry => change(page, "\"no\":\"AP-0001\"", "50.00", "950.00").await,
            Self::RemoveEntry => change(page, "\"no\":\"AP-0001\"", "", "").await,
            Self::FlipByteOfMirror => page.eval(FLIP).await.map(drop),
            Self::OpenApp => {
                page.go("/counter").await?;
                page.find("link", "Add Order").await?;
                leave_app(page).await
            }
            Self::DeleteDatabase => stopped(page, |profile| delete(&profile.join("IndexedDB"))).await,
            Self::DeleteMirror => stopped(page, |profile| delete(&profile.join("File System"))).await,
            Self::DeleteSettings => stopped(page, |profile| delete(&profile.join("Local Storage"))).await,
            Self::FlipByteOfDatabase => stopped(page, flip).await,
            Self::TruncateDatabase => stopped(page, truncate).await,
        }
    }
}

/// Changes the files of the profile while the browser is not running.
async fn stopped(page: &mut Journey, change: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    page.close_browser().await?;
    change(&page.profile().join("Default"))?;
    page.reopen().await?;
    let browser: &Browser = page;
    leave_app(browser).await
}

fn delete(folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder).with_context(|| folder.display().to_string())
}

/// The file to which the browser appends what it writes into the database.
fn log_of(profile: &Path) -> Result<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir(profile.join("IndexedDB"))? {
        let folder = folder?.path();
        if folder.extension().is_some_and(|kind| kind == "leveldb") {
            for file in fs::read_dir(folder)? {
                let file = file?.path();
                found.extend(file.extension().is_some_and(|kind| kind == "log").then_some(file));
            }
        }
    }
    found.sort();
    found.pop().context("the browser has no log of a database")
}

fn flip(profile: &Path) -> Result<()> {
    let path = log_of(profile)?;
    let file = OpenOptions::new().read(true).write(true).open(&path)?;
    let middle = file.metadata()?.len() / 2;
    let mut byte = [0];
    file.read_exact_at(&mut byte, middle)?;
    Ok(file.write_all_at(&byte.map(|byte| byte ^ 1), middle)?)
}

/// Cuts off the last payment: the last fifth of what was written.
fn truncate(profile: &Path) -> Result<()> {
    let file = OpenOptions::new().write(true).open(log_of(profile)?)?;
    let length = file.metadata()?.len();
    ensure!(length > 0, "the log is empty");
    Ok(file.set_len(length - length / 5)?)
}
