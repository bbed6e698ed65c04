//! The time from a file with one late entry of another counter to the message and the figures on the screen.

use crate::probe;
use crate::series::Series;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;
use std::process::Command;
use tests::{Journey, counterfoil};

pub const HEAD: &str = "| book | fastest, ms | median | longest |";

/// The number of files. Each brings two entries and one in turns, so that the message changes each time.
const FILES: usize = 16;

/// Receives late payments of the book's first customer, file after file, and returns a table row about single ones.
pub async fn row(page: &Journey, name: &str) -> Result<String> {
    let (folder, lines) = (tempfile::tempdir()?, lines()?);
    page.go("/settings/backup").await?;
    let mut count = 0;
    for received in 0..FILES {
        count += if received % 2 == 0 { 2 } else { 1 };
        let file = folder.path().join(format!("{received}.jsonl"));
        fs::write(&file, lines.iter().take(count).map(|line| format!("{line}\n")).collect::<String>())?;
        page.upload("Open a backup", &file).await?;
        probe::recorded(page, &format!("received[{received}]")).await?;
    }
    let times = page.eval("bench.received.filter((_, at) => at % 2 == 1)").await?;
    let times = times.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64);
    let times = Series::of(times.collect())?;
    let (fastest, median, longest) = (times.percentile(0), times.median(), times.percentile(100));
    Ok(format!("| {name} | {fastest:.1} | {median:.1} | {longest:.1} |"))
}

/// The chain of another counter of the generated shop: its first line, then payments.
fn lines() -> Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    let mut day = "shop \"Counterfoil & Daughters\" GBP\ncustomer c1 \"Umar Kent\"\n@till Z\n".to_owned();
    for payment in 1..2 * FILES {
        writeln!(day, "pay late-{payment} c1 1.00 cash")?;
    }
    let path = folder.path().join("late.daybook");
    fs::write(&path, day)?;
    let made = Command::new(counterfoil()?).args(["daybook", "journal"]).arg(&path).output()?;
    let text = String::from_utf8(made.stdout)?;
    let of_z: Vec<_> = text.lines().filter(|line| line.contains(r#""device":"Z""#)).map(Into::into).collect();
    ensure!(of_z.len() == 2 * FILES, "{} lines of the other counter", of_z.len());
    let first: &String = of_z.first().context("no line")?;
    ensure!(first.contains("chain.opened"), "{first}");
    Ok(of_z)
}
