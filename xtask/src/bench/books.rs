//! The books of the measurements: generated once by the command line.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::place;

/// The folder of the books.
pub struct Books(PathBuf);

impl Books {
    /// Creates the folder when it is missing.
    pub fn ready() -> Result<Self> {
        let folder = place::target().join("bench");
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// The path of the folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The generated book of a size, in entries.
    pub fn of(&self, size: u32) -> Result<PathBuf> {
        let size = size.to_string();
        self.made(&size, &["--entries", &size])
    }

    /// The generated book of a name; `words` are the arguments of the generator.
    pub fn made(&self, name: &str, words: &[&str]) -> Result<PathBuf> {
        let (daybook, journal) =
            (self.0.join(format!("{name}.daybook")), self.0.join(format!("{name}.jsonl")));
        if !journal.exists() {
            let mut generate = Command::new(counterfoil());
            generate.args(["daybook", "generate", "--seed", "1"]).args(words);
            write(generate, &daybook)?;
            write(ours(&["daybook", "journal"], &daybook), &journal)?;
        }
        Ok(journal)
    }

    /// The export of a book for another program.
    pub fn export(&self, book: &Path, format: &str) -> Result<PathBuf> {
        let path = self.0.join(format!("peer.{format}"));
        write(ours(&["journal", "export", "--format", format], book), &path)?;
        Ok(path)
    }
}

/// The `counterfoil` binary of the release profile.
pub fn counterfoil() -> PathBuf {
    place::target().join("release").join(format!("counterfoil{}", env::consts::EXE_SUFFIX))
}

/// The `counterfoil` binary with arguments and a file.
pub fn ours(words: &[&str], book: &Path) -> Command {
    let mut command = Command::new(counterfoil());
    command.args(words).arg(book);
    command
}

fn write(mut command: Command, path: &Path) -> Result<()> {
    let half = path.with_extension("half");
    let status = command.stdout(File::create(&half)?).status().context("cannot run counterfoil")?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(fs::rename(half, path)?)
}
