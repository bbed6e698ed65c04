//! Searching among many customers, key by key.

use crate::series::Series;
use crate::{MANY, Rows, books, import, probe};
use anyhow::Result;
use serde_json::Value;
use tests::{Journey, until};

pub const HEAD: &str = "| customers | search | median, ms | p95 | longest | work a key, ms |";

/// The search texts: beginnings and middles of names, a telephone number, a text without results.
const TYPED: [&str; 7] = ["ander", "s", "mar", "0770", "+44 77", "zzz", "a b"];

/// The searches: the name of the screen, its path, the selector of its field.
const SEARCHES: [(&str, &str, &str); 3] = [
    ("Counter", "/counter", "main input"),
    ("Customers", "/customers", "main input"),
    ("Enter a Payment", "/pay", "main input"),
];

pub async fn rows(page: &mut Journey, rows: &mut Rows) -> Result<()> {
    let name = format!("60,000, {MANY} customers");
    rows.imports.push(import::row(page, &name, &books::named("wide")?).await?);
    rows.openings.extend(crate::opening::rows(page, &name).await?);
    for search in SEARCHES {
        rows.searches.push(row(page, search).await?);
    }
    Ok(())
}

async fn row(page: &Journey, (screen, path, field): (&str, &str, &str)) -> Result<String> {
    page.go(path).await?;
    // The frame of the app, with the field in it, is shown once the book is open.
    let field_exists = format!("document.querySelector('{field}') !== null");
    until("the search field", async || Ok((page.eval(&field_exists).await? == true).then_some(()))).await?;
    let (mut keys, mut busy) = (Vec::new(), 0.0);
    for typed in TYPED {
        let before = probe::work(page).await?;
        let times = page.eval(&format!("bench.type(document.querySelector('{field}'), '{typed}')")).await?;
        busy += probe::work(page).await? - before;
        keys.extend(times.as_array().into_iter().flatten().filter_map(Value::as_f64));
    }
    let all = busy / keys.len() as f64;
    let keys = Series::of(keys)?;
    let (median, most, longest) = (keys.median(), keys.percentile(95), keys.percentile(100));
    Ok(format!("| {MANY} | {screen} | {median:.1} | {most:.1} | {longest:.1} | {all:.1} |"))
}
