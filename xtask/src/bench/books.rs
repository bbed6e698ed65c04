//! Books to measure with: made by the command line itself, once, and kept.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::place;

/// The folder they are kept in.
pub struct Books(PathBuf);

impl Books {
    /// Makes the folder where it is missing.
    pub fn ready() -> Result<Self> {
        let folder = place::target().join("bench");
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// A generated book of a size, in entries; the same one whenever it is asked for.
    pub fn of(&self, size: u32) -> Result<PathBuf> {
        let size = size.to_string();
        self.made(&size, &["--entries", &size])
    }

    /// A book generated with these words; the same one whenever it is asked for by that name.
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

    /// A book for another program.
    pub fn export(&self, book: &Path, format: &str) -> Result<PathBuf> {
        let path = self.0.join(format!("peer.{format}"));
        write(ours(&["journal", "export", "--format", format], book), &path)?;
        Ok(path)
    }
}

/// Our program, as the release profile builds it.
pub fn counterfoil() -> PathBuf {
    place::target().join("release").join(format!("counterfoil{}", env::consts::EXE_SUFFIX))
}

/// Our program, given some words and a file.
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
