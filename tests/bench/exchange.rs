//! Two counters and an endpoint: the first exchange of a counter that joins.

use crate::books;
use crate::probe;
use anyhow::{Context, Result};
use std::time::{Duration, Instant};
use tests::{Browser, Journey, WIDE, journey_with_endpoint, within};

pub const JOINED: &str = "| entries | founded, s | joined: readable balances, s | whole history, s |";

/// The longest wait for a large book.
const LONG: Duration = Duration::from_secs(300);

/// Measures with the book of this name.
pub fn measure(rows: &mut Vec<String>, name: &str) -> Result<()> {
    journey_with_endpoint("bench-exchange", WIDE, async |till| {
        let profile = tempfile::tempdir()?;
        probe::watch(till).await?;
        till.go("/").await?;
        till.find("button", "Set up this shop").await?;
        till.offline_ready().await?;
        till.upload("Open a backup", &books::named(name)?).await?;
        seen(till, "Go to the counter").await?;
        till.go("/counter").await?;
        till.press("button", "A drawer of its own").await?;
        let other = till.another(profile.path()).await?;
        let outcome = with_both(rows, till, &other).await;
        match outcome {
            Ok(()) => other.close().await,
            Err(why) => {
                let text = other.text().await.unwrap_or_default();
                other.quit().await?;
                Err(why.context(text))
            }
        }
    })
}

async fn with_both(rows: &mut Vec<String>, till: &Journey, other: &Browser) -> Result<()> {
    let code = till.server.setup_code()?.to_owned();
    till.go("/settings/counters").await?;
    till.fill("Set-up code", &code).await?;
    let begun = Instant::now();
    till.press("button", "Connect this shop").await?;
    seen(till, "Last exchange").await?;
    let founded = begun.elapsed().as_secs_f64();
    rows.push(joined(till, other, founded).await?);
    Ok(())
}

/// A counter joins: until its figures can be read, and until it has all entries.
async fn joined(till: &Browser, other: &Browser, founded: f64) -> Result<String> {
    till.press("button", "New invite").await?;
    till.see("/setup#").await?;
    let text = till.text().await?;
    let (_, code) = text.split_once("/setup#").context("a link")?;
    let code: String = code.chars().take_while(char::is_ascii_hexdigit).collect();
    let entries = till.entry_count().await?;
    probe::watch(other).await?;
    other.go(&format!("/setup#{code}")).await?;
    other.fill("Name of this counter", "Workshop").await?;
    let begun = Instant::now();
    other.press("button", "Join a shop").await?;
    seen(other, "This browser is counter").await?;
    let readable = begun.elapsed().as_secs_f64();
    // Its own line is the first one that it records.
    let all = async || Ok((other.entry_count().await? >= entries).then_some(()));
    within(LONG, "all entries of the shop", all).await?;
    let whole = begun.elapsed().as_secs_f64();
    other.press("link", "Go to the counter").await?;
    other.find("link", "Add Order").await?;
    Ok(format!("| {entries} | {founded:.1} | {readable:.1} | {whole:.1} |"))
}

async fn seen(page: &Browser, text: &str) -> Result<()> {
    let what = format!("to see {text}");
    within(LONG, &what, async || Ok(page.text().await?.contains(text).then_some(()))).await
}
