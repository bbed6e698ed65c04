//! The time from submit to disk and to the confirmation on the screen, for payments recorded one after another.

use crate::probe;
use crate::series::Series;
use anyhow::{Context, Result};
use tests::{Browser, Journey};

pub const HEAD: &str = "| book | decided: fastest, median, p95, ms | durable: fastest, median, p95, ms | on the screen: fastest, median, p95, ms |";

/// The number of measured payments, and of those before them that warm the app up.
const SUBMITS: usize = 40;
const WARM_UP: usize = 5;

/// JavaScript for the path of the first customer's account in the list.
pub const ACCOUNT: &str =
    "[...document.querySelectorAll('main tbody a')].map(link => link.getAttribute('href'))[0]";

/// Measures on the account of the first customer and returns a table row.
pub async fn row(page: &Journey, name: &str) -> Result<String> {
    page.go("/customers").await?;
    probe::recorded(page, "readable").await?;
    let account = page.eval(ACCOUNT).await?;
    page.go(account.as_str().context("there is no customer")?).await?;
    on_the_account(page, name).await
}

/// Measures on the account that is open and returns a table row.
pub async fn on_the_account(page: &Browser, name: &str) -> Result<String> {
    for _ in 0..SUBMITS + WARM_UP {
        page.press("link", "Add Payment").await?;
        page.fill("Amount", "1.00").await?;
        page.eval("bench.submit()").await?;
        page.see("of £1.00 recorded").await?;
        page.back().await?;
    }
    let submits = probe::recorded(page, &format!("submits.slice({WARM_UP})")).await?;
    let mut cells = vec![name.to_owned()];
    for member in ["decided", "durable", "shown"] {
        let series = Series::read(&submits, member)?;
        let (fastest, median, most) = (series.percentile(0), series.median(), series.percentile(95));
        cells.push(format!("{fastest:.1}, {median:.1}, {most:.1}"));
    }
    Ok(format!("| {} |", cells.join(" | ")))
}
