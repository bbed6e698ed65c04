//! The files that the lints read.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::scrub::scrub;
use crate::{files, place};

/// A file: its text, and its code alone.
pub struct Source {
    /// The path below the workspace, with slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The same number of bytes, with blanks for the content of comments and literals.
    pub code: String,
}

impl Source {
    /// A Rust file.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: scrub(text) }
    }

    /// The code above the tests in the same file.
    pub fn product(&self) -> &str {
        let end = self.code.find("#[cfg(test)]\nmod ").unwrap_or(self.code.len());
        self.code.get(..end).unwrap_or(&self.code)
    }

    /// The positions of a word in the code, without those inside longer words.
    pub fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let part = |byte: Option<char>| byte.is_some_and(|c| c.is_alphanumeric() || c == '_');
        self.code.match_indices(word).map(|(at, _)| at).filter(move |at| {
            let (before, after) = self.code.split_at(*at);
            !part(before.chars().next_back()) && !part(after.chars().nth(word.chars().count()))
        })
    }
}

/// Every Rust file of the project.
pub fn rust() -> Result<Vec<Source>> {
    let mut all = vec![read(&place::at("build.rs"))?];
    for folder in ["src", "crates", "tests", "xtask", "fuzz/fuzz_targets"] {
        for file in files::below(&place::at(folder))? {
            if file.extension().is_some_and(|kind| kind == "rs") {
                all.push(read(&file)?);
            }
        }
    }
    Ok(all)
}

/// Every style sheet.
pub fn sheets() -> Result<Vec<Source>> {
    files::below(&place::at("style"))?.iter().map(|file| read(file)).collect()
}

fn read(file: &Path) -> Result<Source> {
    let path = files::address(&place::at(""), file)?;
    Ok(Source::new(&path, &fs::read_to_string(file)?))
}
