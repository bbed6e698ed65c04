//! Two counters of one shop at a real endpoint.

use crate::{backup, steps};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use tests::{Browser, Double, Journey, WIDE, counterfoil, journey_with_endpoint, until};

/// What the console says about a server that is stopped, a stream that ends with it, and a session that the next server does
/// not know.
pub const UNREACHABLE: &[&str] = &[
    "ERR_CONNECTION_REFUSED",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "ERR_CONNECTION_RESET",
    "ERR_SOCKET_NOT_CONNECTED",
    "401 (Unauthorized)",
];

/// Connects the open shop with the endpoint that serves the page.
pub async fn connect(page: &Journey) -> Result<()> {
    page.go("/settings/counters").await?;
    page.fill("Set-up code", page.server.setup_code()?).await?;
    page.press("button", "Connect this shop").await?;
    page.see("Last exchange").await
}

/// Starts the server again: it then looks at all refunds that are under way.
pub async fn restart(till: &mut Journey) -> Result<()> {
    till.server.stop().await?;
    till.server.resume().await
}

/// Gives the server of the connected shop a card processor.
pub async fn with_processor(till: &mut Journey, double: &Double) -> Result<()> {
    till.server.set_gateway(double.address());
    restart(till).await?;
    exchanged(till).await
}

/// The code of a new invite.
pub async fn invite(page: &Browser) -> Result<String> {
    page.go("/settings/counters").await?;
    page.press("button", "New invite").await?;
    page.see("/setup#").await?;
    page.see("The server has this invite.").await?;
    let text = page.text().await?;
    let (_, code) = text.split_once("/setup#").context("a link")?;
    Ok(code.chars().take_while(char::is_ascii_hexdigit).collect())
}

/// The link of a new invite for a program that copies the book.
pub async fn invite_reader(page: &Browser) -> Result<String> {
    page.go("/settings/counters").await?;
    page.press("button", "Invite a bookkeeper").await?;
    page.see("/setup#").await?;
    page.see("The server has this invite.").await?;
    link(page).await
}

/// The link of the invite that the page shows.
pub async fn link(page: &Browser) -> Result<String> {
    let text = page.text().await?;
    let (before, code) = text.split_once("/setup#").context("a link")?;
    let address = before.split_whitespace().next_back().context("an address")?;
    let code: String = code.chars().take_while(char::is_ascii_hexdigit).collect();
    Ok(format!("{address}/setup#{code}"))
}

/// Joins the shop in an empty browser, and signs in as its owner.
pub async fn join(page: &Browser, code: &str, letter: &str) -> Result<()> {
    page.go(&format!("/setup#{code}")).await?;
    page.fill("Name of this counter", "Workshop").await?;
    page.press("button", "Join a shop").await?;
    page.see(&format!("This browser is counter {letter}.")).await?;
    page.press("link", "Go to the counter").await?;
    page.find("link", "Add Order").await.map(drop)
}

/// Waits until a browser has exchanged everything.
pub async fn exchanged(page: &Browser) -> Result<()> {
    page.go("/settings/counters").await?;
    page.see("Last exchange").await
}

/// Connects the shop of the till, and opens a second browser that has joined it as counter B.
pub async fn with_workshop(till: &Journey, profile: &Path) -> Result<Browser> {
    connect(till).await?;
    let code = invite(till).await?;
    let workshop = till.another(profile).await?;
    join(&workshop, &code, "B").await?;
    Ok(workshop)
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
    join(workshop, code, "B").await?;
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
    all_have_the_same_number(&[till, workshop]).await?;

    // Both backups hold the same lines and the same words of the endpoint about them, and are valid journals.
    let folders = [tempfile::tempdir()?, tempfile::tempdir()?];
    let mut books = Vec::new();
    for (page, folder) in [&**till, workshop].into_iter().zip(&folders) {
        let file = backup::save(page, folder.path()).await?;
        let verified = Command::new(counterfoil()?).args(["journal", "verify"]).arg(&file).output()?;
        ensure!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
        let lines = sorted_lines(&file)?;
        ensure!(
            lines.iter().filter(|line| line.starts_with("{\"side\":")).count() * 2 == lines.len(),
            "{lines:?}"
        );
        books.push(lines);
    }
    ensure!(books.first() == books.last(), "{books:?}");
    Ok(())
}

#[test]
fn any_tab_records_and_another_one_goes_on_exchanging_when_the_first_is_closed() -> Result<()> {
    journey_with_endpoint("sync-tabs", WIDE, async |till| {
        let profile = tempfile::tempdir()?;
        steps::part_paid(till).await?;
        let workshop = with_workshop(till, profile.path()).await?;
        let first = till.tab().await?;
        let second = till.new_tab().await?;
        for closes in [false, true] {
            if closes {
                till.switch_to(&first).await?;
                till.close_tab(&second).await?;
            }
            let before = workshop.entry_count().await?;
            steps::find_customer(till, "Mira Patel").await?;
            steps::pay_uncounted(till, "10.00").await?;
            until("the other counter to have it", async || {
                Ok((workshop.entry_count().await? == before + 1).then_some(()))
            })
            .await?;
        }
        steps::find_customer(&workshop, "Mira Patel").await?;
        workshop.see("Owes £50.00").await?;
        workshop.close().await
    })
}

/// Every text that the page has shown, one after the other.
const TEXTS: &str = "window.texts = []; new MutationObserver(() => {
    const text = document.querySelector('main')?.innerText.replace(/\\s+/g, ' ');
    if (text && texts.at(-1) !== text) texts.push(text);
}).observe(document, { childList: true, subtree: true, characterData: true });";

#[test]
fn a_counter_that_joins_shows_whole_balances_before_its_history_is_stored() -> Result<()> {
    journey_with_endpoint("sync-early", WIDE, async |till| {
        steps::part_paid(till).await?;
        connect(till).await?;
        let code = invite(till).await?;
        let entries = till.entry_count().await?;
        let profile = tempfile::tempdir()?;
        let workshop = till.another(profile.path()).await?;
        workshop.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": TEXTS })).await?;
        join(&workshop, &code, "B").await?;
        let shown = workshop.eval("texts").await?;
        let shown: Vec<&str> = shown.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let at = |text: &str| shown.iter().position(|shown| shown.contains(text));
        let early = at("Balances of Harbour Cycles").with_context(|| format!("no balances in {shown:?}"))?;
        ensure!(at("This browser is counter B").is_some_and(|opened| early < opened), "{shown:?}");
        let balances = shown.get(early).copied().unwrap_or_default();
        for text in ["Owed to the shop £70.00", "Mira Patel", "1 customer", &format!("of {entries} entries")]
        {
            ensure!(balances.contains(text), "no {text} in {balances}");
        }
        // Before everything is here, no amount is shown.
        ensure!(at("£") == Some(early), "{shown:?}");
        workshop.close().await
    })
}

/// Waits until all browsers hold as many entries.
pub async fn all_have_the_same_number(pages: &[&Browser]) -> Result<()> {
    until("all to have all entries", async || {
        let mut counts = Vec::new();
        for page in pages {
            counts.push(page.entry_count().await?);
        }
        Ok(counts.iter().all(|count| Some(count) == counts.first()).then_some(()))
    })
    .await
}

/// The lines of a file, sorted.
pub fn sorted_lines(file: &Path) -> Result<Vec<String>> {
    let mut lines: Vec<String> = fs::read_to_string(file)?.lines().map(String::from).collect();
    lines.sort();
    Ok(lines)
}
