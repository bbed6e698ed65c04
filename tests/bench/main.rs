//! The times of the app in a real browser: opening, recording, searching, importing a backup. A report, not a test.
//!
//! `cargo xtask bench app` builds the release app and the books, and runs this.

#![allow(clippy::float_arithmetic, reason = "milliseconds, not money")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a report")]

mod books;
mod exchange;
mod import;
mod late;
mod long_account;
mod mirror;
mod opening;
mod picture;
mod probe;
mod reports;
mod search;
mod series;
mod submit;

use anyhow::Result;
use picture::Line;
use std::path::{Path, PathBuf};
use tests::{WIDE, journey};

/// Sizes of books, in entries; each book has one customer for every twenty entries.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// The number of entries of the long account.
const LONG: u32 = 5_000;
/// The number of customers of the book that is searched.
const MANY: u32 = 50_000;

/// Words after `--` select books, such as `1000`, `long`, `wide` and `exchange`; without any, all books are measured.
fn main() -> Result<()> {
    let selected: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| selected.is_empty() || selected.iter().any(|word| word == name);
    let mut rows = Rows::default();
    let measured = measure(&mut rows, wanted);
    // Also what was measured before a failure.
    rows.print();
    measured?;
    // A picture of some of the sizes would hide the others.
    if selected.is_empty() { picture::write(&docs().join("performance.svg"), &rows.lines()) } else { Ok(()) }
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn measure(rows: &mut Rows, wanted: impl Fn(&str) -> bool) -> Result<()> {
    for name in SIZES.map(|size| size.to_string()).iter().filter(|name| wanted(name)) {
        journey("bench", WIDE, async |page| {
            rows.imports.push(told(import::row(page, name, &books::named(name)?).await?));
            rows.openings.extend(opening::rows(page, name).await?.into_iter().map(told));
            rows.submits.push(told(submit::row(page, name).await?));
            rows.late.push(told(late::row(page, name).await?));
            rows.mirrors.push(told(mirror::row(page, name).await?));
            rows.reports.extend(reports::rows(page, name).await?.into_iter().map(told));
            Ok(())
        })?;
    }
    if wanted("long") {
        journey("bench", WIDE, async |page| long_account::rows(page, rows).await)?;
    }
    if wanted("exchange") {
        for name in ["10000", "100000"] {
            exchange::measure(&mut rows.exchanged, name)?;
        }
    }
    if wanted("wide") {
        journey("bench", WIDE, async |page| search::rows(page, rows).await)?;
    }
    Ok(())
}

/// Shows a row as soon as it is measured; the tables come at the end.
fn told(row: String) -> String {
    eprintln!("{row}");
    row
}

/// The rows of each table.
#[derive(Default)]
struct Rows {
    imports: Vec<String>,
    openings: Vec<String>,
    mirrors: Vec<String>,
    submits: Vec<String>,
    late: Vec<String>,
    searches: Vec<String>,
    reports: Vec<String>,
    exchanged: exchange::Rows,
}

impl Rows {
    /// The lines of the picture.
    fn lines(&self) -> [Line; 4] {
        let screen = |name| move |cells: &[&str]| cells.get(1) == Some(&name);
        let any = |_: &[&str]| true;
        [
            Line::of("Counter opens, warm", &self.openings, (3, 0), screen("Counter")),
            Line::of("Customers open, warm", &self.openings, (3, 0), screen("Customers")),
            Line::of("a press is on the disk", &self.submits, (2, 1), any),
            Line::of("a late entry is shown", &self.late, (2, 0), any),
        ]
    }

    fn print(&self) {
        table("A backup opened", import::HEAD, &self.imports);
        table("From navigation to readable balances", opening::HEAD, &self.openings);
        table("From submit to disk and to the confirmation on the screen", submit::HEAD, &self.submits);
        table("With and without the mirror, by turns", mirror::HEAD, &self.mirrors);
        table("From a file with one late entry to the message about it", late::HEAD, &self.late);
        table("Reports, from the press to the drawn table", reports::HEAD, &self.reports);
        table("A counter joins a shop", exchange::JOINED, &self.exchanged.joined);
        table(
            "From a press at one counter to figures at another",
            exchange::PRESSES,
            &self.exchanged.presses,
        );
        table(
            "Entries recorded without a network, once it is there",
            exchange::OFFLINE,
            &self.exchanged.offline,
        );
        table("A key typed into a search", search::HEAD, &self.searches);
    }
}

fn table(title: &str, head: &str, rows: &[String]) {
    let line = "---|".repeat(head.matches('|').count() - 1);
    println!("\n{title}:\n\n{head}\n|{line}");
    rows.iter().for_each(|row| println!("{row}"));
}
