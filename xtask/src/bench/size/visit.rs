//! The files of a first visit: size, and compressed size.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files;

/// Prints the files that the first page requests, and those that only the worker caches.
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
        println!("| {name} | {whole} | {small} | {} |", if first { "to open" } else { "to cache" });
    }
    println!("| **to open** | {} | **{}** | |", raw.open, sent.open);
    println!(
        "| **with the files that the worker caches** | {} | {} | |",
        raw.open + raw.cached,
        sent.open + sent.cached
    );
    Ok(())
}

/// Bytes by the time of the request.
#[derive(Default)]
struct Sum {
    open: u64,
    cached: u64,
}

impl Sum {
    fn add(&mut self, first: bool, bytes: u64) {
        *(if first { &mut self.open } else { &mut self.cached }) += bytes;
    }
}
