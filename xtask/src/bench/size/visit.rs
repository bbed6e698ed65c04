//! The files of a first visit, raw and as sent.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files;

/// Prints what the first page asks for, and what the worker keeps besides.
pub fn print(dist: &Path) -> Result<()> {
    let index = fs::read_to_string(dist.join("index.html")).context("the app is not built")?;
    let (mut raw, mut sent) = (Sum::default(), Sum::default());
    println!("| file | raw, bytes | brotli, bytes | when |\n|---|---|---|---|");
    for file in files::below(dist)? {
        let name = files::address(dist, &file)?;
        if matches!(file.extension().and_then(|kind| kind.to_str()), Some("br" | "gz")) || name == "404.html"
        {
            continue;
        }
        let whole = fs::metadata(&file)?.len();
        let small = fs::metadata(format!("{}.br", file.display())).map_or(whole, |small| small.len());
        let first = name == "index.html" || index.contains(&format!("/{name}\""));
        raw.add(first, whole);
        sent.add(first, small);
        println!("| {name} | {whole} | {small} | {} |", if first { "to open" } else { "to keep" });
    }
    println!("| **to open** | {} | **{}** | |", raw.open, sent.open);
    println!("| **with what the worker keeps** | {} | {} | |", raw.open + raw.kept, sent.open + sent.kept);
    Ok(())
}

/// Bytes by when they are asked for.
#[derive(Default)]
struct Sum {
    open: u64,
    kept: u64,
}

impl Sum {
    fn add(&mut self, first: bool, bytes: u64) {
        *(if first { &mut self.open } else { &mut self.kept }) += bytes;
    }
}
