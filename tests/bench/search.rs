//! Finding somebody among many customers, key by key.

use crate::series::Series;
use crate::{MANY, Rows, books, probe, receive};
use anyhow::Result;
use serde_json::Value;
use tests::Journey;

pub const HEAD: &str = "| customers | search | median, ms | p95 | longest | work a key, ms |";

/// Whom somebody looks for: beginnings and middles of names, a telephone number, nobody.
const TYPED: [&str; 6] = ["ander", "s", "mar", "0770", "zzz", "a b"];

/// The two searches, by their screen and by their field.
const SEARCHES: [(&str, &str, &str); 2] =
    [("Counter", "/counter", "main input"), ("Customers", "/customers", "main input")];

pub async fn rows(page: &mut Journey, rows: &mut Rows) -> Result<()> {
    let name = format!("30,000, {MANY} customers");
    rows.received.push(receive::row(page, &name, &books::named("wide")?).await?);
    for search in SEARCHES {
        rows.searches.push(row(page, search).await?);
    }
    Ok(())
}

async fn row(page: &Journey, (screen, path, field): (&str, &str, &str)) -> Result<String> {
    page.go(path).await?;
    probe::noted(page, "readable").await?;
    let (mut keys, mut busy) = (Vec::new(), 0.0);
    for typed in TYPED {
        let before = probe::work(page).await?;
        let took = page.read(&format!("bench.type(document.querySelector('{field}'), '{typed}')")).await?;
        busy += probe::work(page).await? - before;
        keys.extend(took.as_array().into_iter().flatten().filter_map(Value::as_f64));
    }
    let all = busy / keys.len() as f64;
    let keys = Series::of(keys)?;
    let (median, most, longest) = (keys.median(), keys.at(95), keys.at(100));
    Ok(format!("| {MANY} | {screen} | {median:.1} | {most:.1} | {longest:.1} | {all:.1} |"))
}
