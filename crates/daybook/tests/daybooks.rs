//! Every day book of `tests/daybooks` comes out as it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use daybook::parse::parse;
use daybook::run::{Failure, check};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/daybooks")
}

fn failures(path: &Path) -> Vec<String> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let daybook = match parse(&std::fs::read_to_string(path).unwrap()) {
        Ok(daybook) => daybook,
        Err(malformed) => return vec![format!("{name}:{malformed}")],
    };
    let sentence =
        |Failure { line, expected, found }| format!("{name}:{line}: expected {expected}, found {found}");
    check(&daybook).into_iter().map(sentence).collect()
}

#[test]
fn all_come_out_as_they_say() {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "daybook"));
    paths.sort();
    assert!(paths.len() >= 7, "the day books are missing: {paths:?}");
    let failures: Vec<String> = paths.iter().flat_map(|path| failures(path)).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
