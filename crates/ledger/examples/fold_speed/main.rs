//! Measures how fast entries fold: one long account, and many short ones.
//!
//! `cargo run --release -p ledger --example fold_speed`
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing)]

mod books;

use books::{id, records};
use ledger::fold::CustomerBook;
use std::time::Instant;

/// The allocator of the command line.
#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    for (accounts, entries) in [(1, 100_000), (100, 1_000), (5_000, 20)] {
        let fold = median(|| fold(accounts, entries));
        println!("{accounts} accounts of {entries}: {fold} ns an entry");
        let book = CustomerBook::new(id(0, 0), records(0, entries));
        println!("  one more at the end: {} ns", fastest(|| one_more(book.clone(), entries)));
        println!("  one that comes late into the middle: {} us", fastest(|| one_late(entries)) / 1_000);
    }
}

/// Nanoseconds per entry.
fn fold(accounts: u64, entries: u64) -> u64 {
    let books: Vec<_> = (0..accounts).map(|at| (id(0, at), records(at, entries))).collect();
    let start = cpu();
    let folded: Vec<_> =
        books.into_iter().map(|(customer, records)| CustomerBook::new(customer, records)).collect();
    let took = cpu() - start;
    assert!(folded.iter().all(|book| book.account().check().is_ok()));
    took / (accounts * entries)
}

/// Nanoseconds per entry for a thousand entries after all others.
fn one_more(mut book: CustomerBook, entries: u64) -> u64 {
    let more = records(0, entries + 1_000).split_off(entries as usize);
    let start = Instant::now();
    for record in more {
        book.add(record);
    }
    start.elapsed().as_nanos() as u64 / 1_000
}

/// Nanoseconds to insert one late entry in the middle.
fn one_late(entries: u64) -> u64 {
    let mut others = records(0, entries);
    let late = others.remove(others.len() / 2);
    let mut book = CustomerBook::new(id(0, 0), others);
    let start = Instant::now();
    book.add(late);
    start.elapsed().as_nanos() as u64
}

/// The median of five runs.
fn median(measure: impl Fn() -> u64) -> u64 {
    let mut runs = [(); 5].map(|()| measure());
    runs.sort_unstable();
    runs[2]
}

/// The fastest of nine runs. A run is too short for the CPU time of the thread, and other processes can only make it
/// slower.
fn fastest(measure: impl Fn() -> u64) -> u64 {
    (0..9).map(|_| measure()).min().unwrap()
}

/// The CPU time of this thread in nanoseconds, which other processes do not affect.
fn cpu() -> u64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    spent.split(' ').next().unwrap().parse().unwrap()
}
