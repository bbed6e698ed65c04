//! One account with thousands of entries: the time to open it and to record a payment on it.

use crate::{LONG, Rows, books, import, opening, probe, submit};
use anyhow::{Context, Result};
use tests::Journey;

pub async fn rows(page: &mut Journey, rows: &mut Rows) -> Result<()> {
    let name = format!("one account of {LONG}");
    rows.imports.push(import::row(page, &name, &books::named("long")?).await?);
    page.go("/customers").await?;
    probe::recorded(page, "readable").await?;
    let account = page.eval(submit::ACCOUNT).await?;
    let account = account.as_str().context("there is no customer")?;
    rows.openings.push(opening::row(page, &name, "the account", account).await?);
    page.go(account).await?;
    rows.submits.push(submit::on_the_account(page, &name).await?);
    Ok(())
}
