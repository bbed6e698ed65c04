//! Runs the built command line on temporary files.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a command outcome and how it ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `counterfoil` with arguments.
pub fn counterfoil(words: &[&str]) -> Outcome {
    run_command(
        Command::new(env!("CARGO_BIN_EXE_counterfoil")).args(words).stdin(Stdio::null()).output().unwrap(),
    )
}

pub fn run_command(output: Output) -> Outcome {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Outcome { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A temporary folder with files.
pub struct TestFolder(tempfile::TempDir);

impl TestFolder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// The journal of a day book, as a file.
    pub fn journal(&self, daybook: &str) -> (String, String) {
        let path = self.put("book.daybook", daybook);
        let outcome = counterfoil(&["daybook", "journal", &path]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{daybook}");
        (self.put("book.jsonl", &outcome.out), outcome.out)
    }
}

/// A generated day book.
pub fn generated(entries: u32, seed: u32) -> String {
    counterfoil(&["daybook", "generate", "--entries", &entries.to_string(), "--seed", &seed.to_string()]).out
}

/// Every day book of `tests/daybooks`.
pub fn day_books() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/daybooks");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "daybook"));
    paths.sort();
    assert!(paths.len() >= 7);
    paths
}
