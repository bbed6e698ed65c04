//! `cargo xtask bench ledger`: the command line against the size of a book, beside its peers, and the fold alone.

mod books;
mod peers;

use std::fs;

use anyhow::{Result, bail};

use super::timed::median;
use crate::tools::Tools;
use books::Books;

/// Sizes of books, in entries.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Each command runs so often; the middle one counts.
const TIMES: usize = 5;

/// Measures everything and prints it.
pub fn bench() -> Result<()> {
    let tools = Tools::default();
    if !tools.command("cargo")?.args(["build", "--release", "--package", "cli"]).status()?.success() {
        bail!("the command line did not build");
    }
    let books = Books::ready()?;
    sizes(&books)?;
    peers::beside(&books)?;
    println!();
    let folding = ["run", "--quiet", "--release", "--package", "ledger", "--example", "fold_speed"];
    if !tools.command("cargo")?.args(folding).status()?.success() {
        bail!("the fold could not be measured");
    }
    Ok(())
}

/// What a command costs against the size of the book.
fn sizes(books: &Books) -> Result<()> {
    println!("| entries | file, MB | `journal balances`, s | CPU, s | entries a second | memory, MB |");
    println!("|---|---|---|---|---|---|");
    for size in SIZES {
        let book = books.of(size)?;
        let took = median(TIMES, || books::ours(&["journal", "balances"], &book))?;
        let megabytes = fs::metadata(&book)?.len() / 1_000_000;
        let (rate, memory) = (f64::from(size) / took.wall, took.memory / 1_024);
        println!("| {size} | {megabytes} | {:.3} | {:.3} | {rate:.0} | {memory} |", took.wall, took.cpu);
    }
    Ok(())
}
