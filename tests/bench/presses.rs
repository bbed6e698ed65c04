//! From a press to the disk, and to the word on the screen: payments one after another, as a counter takes them.

use crate::probe;
use crate::series::Series;
use anyhow::{Context, Result};
use tests::{Browser, Journey};

pub const HEAD: &str = "| book | decided: fastest, median, p95, ms | durable: fastest, median, p95, ms | on the screen: fastest, median, p95, ms |";

/// Payments, and those before them that wake everything up.
const PRESSES: usize = 40;
const FIRST: usize = 5;

/// The account of the first customer in the list.
pub const ACCOUNT: &str =
    "[...document.querySelectorAll('main tbody a')].map(link => link.getAttribute('href'))[0]";

/// On the account of the first customer.
pub async fn row(page: &Journey, name: &str) -> Result<String> {
    page.go("/customers").await?;
    probe::noted(page, "readable").await?;
    let account = page.read(ACCOUNT).await?;
    page.go(account.as_str().context("no customer")?).await?;
    on_the_account(page, name).await
}

/// On the account in front.
pub async fn on_the_account(page: &Browser, name: &str) -> Result<String> {
    for _ in 0..PRESSES + FIRST {
        page.press("link", "Add Payment").await?;
        page.fill("Amount", "1.00").await?;
        page.read("bench.press()").await?;
        page.see("of £1.00 recorded").await?;
        page.back().await?;
    }
    let noted = probe::noted(page, &format!("presses.slice({FIRST})")).await?;
    let mut cells = vec![name.to_owned()];
    for member in ["decided", "durable", "shown"] {
        let series = Series::read(&noted, member)?;
        let (fastest, median, most) = (series.at(0), series.median(), series.at(95));
        cells.push(format!("{fastest:.1}, {median:.1}, {most:.1}"));
    }
    Ok(format!("| {} |", cells.join(" | ")))
}
