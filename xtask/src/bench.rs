//! `cargo xtask bench`: how fast the command line is, beside its peers, as a table. A report, not a test.

#![expect(clippy::float_arithmetic, reason = "seconds, not money")]

mod timed;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::place;
use crate::tools::{Peers, Tools};
use timed::{Timed, median};

/// Sizes of books, in entries.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// The size that peers are measured at.
const BESIDE_PEERS: u32 = 100_000;
/// Each command runs so often; the middle one counts.
const TIMES: usize = 5;

/// Measures everything and prints it.
pub fn bench() -> Result<()> {
    let tools = Tools::default();
    if !tools.command("cargo")?.args(["build", "--release", "--package", "cli"]).status()?.success() {
        bail!("the command line did not build");
    }
    let desk = place::target().join("bench");
    fs::create_dir_all(&desk)?;
    println!("| entries | file, MB | `journal balances`, s | CPU, s | entries a second | memory, MB |");
    println!("|---|---|---|---|---|---|");
    for size in SIZES {
        let book = book(&desk, size)?;
        let took = median(TIMES, || ours(&["journal", "balances"], &book))?;
        let megabytes = fs::metadata(&book)?.len() / 1_000_000;
        let rate = f64::from(size) / took.wall;
        println!(
            "| {size} | {megabytes} | {:.3} | {:.3} | {rate:.0} | {} |",
            took.wall,
            took.cpu,
            took.memory / 1_024
        );
    }
    peers(&desk)?;
    println!();
    let folding = ["run", "--quiet", "--release", "--package", "ledger", "--example", "fold_speed"];
    if !tools.command("cargo")?.args(folding).status()?.success() {
        bail!("the fold could not be measured");
    }
    Ok(())
}

/// The same book in every program, one run after the other, so that a busy machine is busy for all of them.
fn peers(desk: &Path) -> Result<()> {
    let there = Peers::ready()?;
    let book = book(desk, BESIDE_PEERS)?;
    println!("\n| {BESIDE_PEERS} entries | s | CPU, s | times ours | memory, MB |\n|---|---|---|---|---|");
    let own = median(TIMES, || ours(&["journal", "balances"], &book))?;
    row("counterfoil journal balances", &own, &own);
    for name in there.names {
        let export = export(desk, &book, name)?;
        let command = || match name {
            "beancount" => {
                let mut check = Command::new(there.beancount.join("bean-check"));
                check.arg("--no-cache").arg(&export);
                check
            }
            other => {
                let mut balances = Command::new(other);
                balances.arg("-f").arg(&export).arg("bal");
                balances
            }
        };
        row(name, &median(TIMES, command)?, &own);
    }
    Ok(())
}

fn row(name: &str, took: &Timed, own: &Timed) {
    let (wall, cpu, times) = (took.wall, took.cpu, took.wall / own.wall);
    println!("| {name} | {wall:.3} | {cpu:.3} | {times:.1} | {} |", took.memory / 1_024);
}

fn ours(words: &[&str], book: &Path) -> Command {
    let mut command = Command::new(place::target().join("release").join("counterfoil"));
    command.args(words).arg(book);
    command
}

/// A generated book of a size, made once.
fn book(desk: &Path, size: u32) -> Result<PathBuf> {
    let (daybook, journal) = (desk.join(format!("{size}.daybook")), desk.join(format!("{size}.jsonl")));
    if !journal.exists() {
        let size = size.to_string();
        write(ours(&["daybook", "generate", "--entries", &size, "--seed"], Path::new("1")), &daybook)?;
        write(ours(&["daybook", "journal"], &daybook), &journal)?;
    }
    Ok(journal)
}

fn export(desk: &Path, book: &Path, format: &str) -> Result<PathBuf> {
    let path = desk.join(format!("peer.{format}"));
    write(ours(&["journal", "export", "--format", format], book), &path)?;
    Ok(path)
}

fn write(mut command: Command, path: &Path) -> Result<()> {
    let half = path.with_extension("half");
    let status = command.stdout(File::create(&half)?).status().context("cannot run counterfoil")?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(fs::rename(half, path)?)
}
