//! `cargo xtask bench ledger`: the command line by the size of a book, compared with other programs, and the fold alone.

mod peers;

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::books::{self, Books};
use super::built;
use super::timed::{Timed, median};
use crate::place;

/// Sizes of books, in entries.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// The number of runs of each command; the median counts.
const TIMES: usize = 5;

/// Measures everything and prints it.
pub fn bench() -> Result<()> {
    built::command_line(&[("ledger", "fold_speed"), ("codec", "late_entry")])?;
    let books = Books::ready()?;
    reading(&books)?;
    recording(&books)?;
    peers::compare(&books)?;
    println!("\nThe fold alone, one core:");
    example("fold_speed", None)?;
    println!("\nA late entry, one year old:");
    SIZES.iter().try_for_each(|size| example("late_entry", Some(&books.of(*size)?)))
}

/// The time to read, check and fold a book, by its size.
fn reading(books: &Books) -> Result<()> {
    println!("\n| entries | file, MB | command | s | CPU, s | CPU, us an entry | memory, MB |");
    println!("|---|---|---|---|---|---|---|");
    for size in SIZES {
        let book = books.of(size)?;
        let megabytes = fs::metadata(&book)?.len() / 1_000_000;
        for command in ["balances", "verify"] {
            let took = median(TIMES, || books::ours(&["journal", command], &book))?;
            row(&format!("{size} | {megabytes} | journal {command}"), size, &took);
        }
    }
    Ok(())
}

/// The time to decide, number, write, hash and fold an act, by the size of the book.
fn recording(books: &Books) -> Result<()> {
    println!("\n| acts | s | CPU, s | CPU, us an act | memory, MB |\n|---|---|---|---|---|");
    for size in SIZES {
        let daybook = books.of(size)?.with_extension("daybook");
        let times = if size > 100_000 { 1 } else { TIMES };
        let took = median(times, || books::ours(&["daybook", "journal"], &daybook))?;
        row(&size.to_string(), size, &took);
    }
    Ok(())
}

fn row(name: &str, size: u32, took: &Timed) {
    let (wall, cpu, memory) = (took.wall, took.cpu, took.memory / 1_024);
    println!("| {name} | {wall:.3} | {cpu:.3} | {:.2} | {memory} |", cpu * 1e6 / f64::from(size));
}

fn example(name: &str, book: Option<&Path>) -> Result<()> {
    let mut command = std::process::Command::new(place::target().join("release").join("examples").join(name));
    if !command.args(book).status()?.success() {
        bail!("{name} failed");
    }
    Ok(())
}
