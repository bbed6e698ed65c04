//! The same book in every program, measured one by one, so that the load of the machine is the same for all.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::TIMES;
use super::books::{Books, ours};
use crate::bench::timed::{Timed, median};
use crate::tools::Peers;

/// The size of the book in entries.
const ENTRIES: u32 = 100_000;

/// Measures and prints.
pub fn compare(books: &Books) -> Result<()> {
    let peers = Peers::ready()?;
    let book = books.of(ENTRIES)?;
    println!("\n| {ENTRIES} entries | s | CPU, s | times counterfoil | memory, MB |\n|---|---|---|---|---|");
    let own = median(TIMES, || ours(&["journal", "balances"], &book))?;
    row("counterfoil journal balances", &own, &own);
    for name in &peers.names {
        let export = books.export(&book, name)?;
        row(name, &median(TIMES, || peer(&peers, name, &export))?, &own);
    }
    Ok(())
}

fn peer(peers: &Peers, name: &str, export: &Path) -> Command {
    if name == "beancount" {
        let mut check = Command::new(peers.beancount.join("bean-check"));
        check.arg("--no-cache").arg(export);
        return check;
    }
    let mut balances = Command::new(name);
    balances.arg("-f").arg(export).arg("bal");
    balances
}

fn row(name: &str, took: &Timed, own: &Timed) {
    let (wall, cpu, times) = (took.wall, took.cpu, took.wall / own.wall);
    println!("| {name} | {wall:.3} | {cpu:.3} | {times:.1} | {} |", took.memory / 1_024);
}
