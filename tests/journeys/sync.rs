//! Two counters of one shop at a real endpoint.

use crate::{backup, steps};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::Command;
use tests::{Browser, Journey, WIDE, counterfoil, journey_with_endpoint, until};

/// What the console says about a server that is stopped, a stream that ends with it, and a session that the next server does
/// not know.
const UNREACHABLE: &[&str] = &[
    "ERR_CONNECTION_REFUSED",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "ERR_CONNECTION_RESET",
    "401 (Unauthorized)",
];

/// Connects the open shop with the endpoint that serves the page.
async fn connect(page: &Journey) -> Result<()> {
    page.go("/settings").await?;
    page.fill("Set-up code", page.server.setup_code()?).await?;
    page.press("button", "Connect this shop").await?;
    page.see("Last exchange").await
}

/// The code of a new invite.
async fn invite(page: &Browser) -> Result<String> {
    page.go("/settings").await?;
    page.press("button", "New invite").await?;
    page.see("/setup#").await?;
    let text = page.text().await?;
    let (_, code) = text.split_once("/setup#").context("a link")?;
    Ok(code.chars().take_while(char::is_ascii_hexdigit).collect())
}

/// Joins the shop in an empty browser, and signs in as its owner.
async fn join(page: &Browser, code: &str) -> Result<()> {
    page.go(&format!("/setup#{code}")).await?;
    page.fill("Name of this counter", "Workshop").await?;
    page.press("button", "Join a shop").await?;
    page.see("This browser is counter B.").await?;
    page.press("link", "Go to the counter").await?;
    page.find("link", "Add Order").await.map(drop)
}

/// Waits until a browser has exchanged everything.
async fn exchanged(page: &Browser) -> Result<()> {
    page.go("/settings").await?;
    page.see("Last exchange").await
}

#[test]
fn two_counters_that_worked_offline_end_with_one_book() -> Result<()> {
    journey_with_endpoint("sync", WIDE, async |till| {
        let profile = tempfile::tempdir()?;
        steps::part_paid(till).await?;
        connect(till).await?;
        let code = invite(till).await?;
        let workshop = till.another(profile.path()).await?;
        let outcome = both_offline(till, &workshop, &code).await;
        match outcome {
            Ok(()) => workshop.close().await,
            Err(why) => {
                let seen = workshop.text().await.unwrap_or_default();
                workshop.quit().await?;
                Err(why.context(seen))
            }
        }
    })
}

async fn both_offline(till: &mut Journey, workshop: &Browser, code: &str) -> Result<()> {
    join(workshop, code).await?;
    steps::find_customer(workshop, "Mira Patel").await?;
    workshop.see("Owes £70.00").await?;
    till.offline_ready().await?;
    workshop.offline_ready().await?;
    exchanged(till).await?;
    for page in [&**till, workshop] {
        page.expect_console(UNREACHABLE);
    }

    till.server.stop().await?;
    // Both take the money for one order, and the till says what it has to send.
    for page in [&**till, workshop] {
        steps::find_customer(page, "Mira Patel").await?;
        steps::pay_uncounted(page, "70.00").await?;
    }
    till.go("/counter").await?;
    till.see("1 to send").await?;
    till.server.resume().await?;

    exchanged(till).await?;
    exchanged(workshop).await?;
    // Each shows the payment of the other without being asked.
    for page in [&**till, workshop] {
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Payments").await?;
        page.see("AP-0002").await?;
        page.see("BP-0001").await?;
    }
    exchanged(till).await?;
    exchanged(workshop).await?;
    until("both to have all entries", async || {
        Ok((till.entry_count().await? == workshop.entry_count().await?).then_some(()))
    })
    .await?;

    // Both backups hold the same lines and the same words of the endpoint about them, and are valid journals.
    let folders = [tempfile::tempdir()?, tempfile::tempdir()?];
    let mut books = Vec::new();
    for (page, folder) in [&**till, workshop].into_iter().zip(&folders) {
        let file = backup::save(page, folder.path()).await?;
        let verified = Command::new(counterfoil()?).args(["journal", "verify"]).arg(&file).output()?;
        ensure!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
        let text = fs::read_to_string(&file)?;
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        lines.sort();
        ensure!(
            lines.iter().filter(|line| line.starts_with("{\"side\":")).count() * 2 == lines.len(),
            "{text}"
        );
        books.push(lines);
    }
    ensure!(books.first() == books.last(), "{books:?}");
    Ok(())
}
