//! One account of thousands of entries: opened, and pressed upon.

use crate::{LONG, Rows, books, opening, presses, probe, receive};
use anyhow::{Context, Result};
use tests::Journey;

pub async fn rows(page: &mut Journey, rows: &mut Rows) -> Result<()> {
    let name = format!("one account of {LONG}");
    rows.received.push(receive::row(page, &name, &books::named("long")?).await?);
    page.go("/customers").await?;
    probe::noted(page, "readable").await?;
    let account = page.read(presses::ACCOUNT).await?;
    let account = account.as_str().context("no customer")?;
    rows.openings.push(opening::row(page, &name, "the account", account).await?);
    page.go(account).await?;
    rows.presses.push(presses::on_the_account(page, &name).await?);
    Ok(())
}
