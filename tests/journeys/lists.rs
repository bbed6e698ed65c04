//! Long lists.

use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;
use std::process::Command;
use tests::{WIDE, journey, until};

/// A day book with one customer and this number of payments.
fn payments(count: usize) -> String {
    let mut book = "shop \"Harbour Cycles\" GBP\ncustomer mira \"Mira Patel\"\n".to_owned();
    for payment in 1..=count {
        let _ = writeln!(book, "pay P-{payment} mira 1.00 cash");
    }
    book
}

#[test]
fn an_account_shows_its_newest_fifty_payments_and_more_on_request() -> Result<()> {
    journey("long-list", WIDE, async |page| {
        let folder = tempfile::tempdir()?;
        let (book, backup) = (folder.path().join("a.daybook"), folder.path().join("a.jsonl"));
        fs::write(&book, payments(60))?;
        let journal = Command::new(tests::counterfoil()?).args(["daybook", "journal"]).arg(&book).output()?;
        ensure!(journal.status.success(), "{}", String::from_utf8_lossy(&journal.stderr));
        fs::write(&backup, journal.stdout)?;

        page.go("/").await?;
        page.upload("Open a backup", &backup).await?;
        page.find("heading", "Harbour Cycles is back").await?;
        page.press("link", "Go to the counter").await?;
        crate::steps::find_customer(page, "Mira Patel").await?;
        page.see("Available credit £60.00").await?;
        page.see("No orders yet").await?;
        page.press("tab", "Payments").await?;
        rows(page, 50).await?;
        page.see_no("AP-0010").await?;
        page.press("button", "Show more").await?;
        rows(page, 60).await?;
        page.see("AP-0010").await?;
        page.see_no("Show more").await
    })
}

/// Waits until the visible table has this number of rows.
async fn rows(page: &tests::Browser, count: u64) -> Result<()> {
    until(&format!("{count} rows"), async || {
        let rows = page.eval("document.querySelectorAll('[role=tabpanel] tbody tr').length").await?;
        Ok((rows.as_u64().context("the row count is no number")? == count).then_some(()))
    })
    .await
}
