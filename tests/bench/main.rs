//! What the app takes, in a real browser: to open, to record, to find, to receive a backup. A report, not a test.
//!
//! `cargo xtask bench app` builds the release app and the books, and runs this.

#![allow(clippy::float_arithmetic, reason = "milliseconds, not money")]
#![allow(clippy::print_stdout, reason = "a report")]

mod books;
mod long;
mod opening;
mod presses;
mod probe;
mod receive;
mod search;
mod series;

use anyhow::Result;
use tests::{WIDE, journey};

/// Sizes of books, in entries; a customer for every twenty.
const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
/// Entries of the one long account.
const LONG: u32 = 5_000;
/// Customers of the book that is searched.
const MANY: u32 = 20_000;

/// Words after `--` name the books that are wanted, such as `1000`, `long` and `wide`; without one, all.
fn main() -> Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let mut rows = Rows::default();
    for name in SIZES.map(|size| size.to_string()).iter().filter(|name| wanted(name)) {
        journey("bench", WIDE, async |page| {
            rows.received.push(receive::row(page, name, &books::named(name)?).await?);
            rows.openings.extend(opening::rows(page, name).await?);
            rows.presses.push(presses::row(page, name).await?);
            Ok(())
        })?;
    }
    if wanted("long") {
        journey("bench", WIDE, async |page| long::rows(page, &mut rows).await)?;
    }
    if wanted("wide") {
        journey("bench", WIDE, async |page| search::rows(page, &mut rows).await)?;
    }
    rows.print();
    Ok(())
}

/// What the tables hold.
#[derive(Default)]
struct Rows {
    received: Vec<String>,
    openings: Vec<String>,
    presses: Vec<String>,
    searches: Vec<String>,
}

impl Rows {
    fn print(&self) {
        table("A backup opened", receive::HEAD, &self.received);
        table("From the address to balances that can be read", opening::HEAD, &self.openings);
        table("From the press to the disk and to the word on the screen", presses::HEAD, &self.presses);
        table("A key typed into a search", search::HEAD, &self.searches);
    }
}

fn table(title: &str, head: &str, rows: &[String]) {
    let line = "---|".repeat(head.matches('|').count() - 1);
    println!("\n{title}:\n\n{head}\n|{line}");
    rows.iter().for_each(|row| println!("{row}"));
}
