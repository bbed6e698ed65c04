//! Two counters and an endpoint: the first exchange of a counter that joins, the way of one press to another counter, and a day without
//! a network.

use crate::books;
use crate::probe;
use crate::series::Series;
use crate::submit::ACCOUNT;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};
use tests::{Browser, Journey, WIDE, journey_with_endpoint, within};

pub const JOINED: &str =
    "| entries | founded, s | joined: readable balances, s | whole history, and open, s |";
pub const PRESSES: &str = "| book | fastest, ms | median | p95 | longest |";
pub const OFFLINE: &str = "| entries | recorded, s | from the first push to the last answer, s | pushes |";

/// The number of measured presses, and of those before them that warm both apps up.
const SUBMITS: usize = 30;
const WARM_UP: usize = 5;
/// The entries of a day without a network.
const ENTRIES: usize = 1_000;
/// The longest wait for a large book.
const LONG: Duration = Duration::from_secs(300);

/// What a browser says about a server that is not there.
const UNREACHABLE: &[&str] = &[
    "ERR_CONNECTION_REFUSED",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "ERR_CONNECTION_RESET",
    "ERR_SOCKET_NOT_CONNECTED",
    "401 (Unauthorized)",
];

/// The rows of the three tables.
#[derive(Default)]
pub struct Rows {
    pub joined: Vec<String>,
    pub presses: Vec<String>,
    pub offline: Vec<String>,
}

/// Measures with the book of this name.
pub fn measure(rows: &mut Rows, name: &str) -> Result<()> {
    journey_with_endpoint("bench-exchange", WIDE, async |till| {
        let profile = tempfile::tempdir()?;
        till.expect_console(UNREACHABLE);
        probe::watch(till).await?;
        till.go("/").await?;
        till.find("button", "Set up this shop").await?;
        till.offline_ready().await?;
        till.upload("Open a backup", &books::named(name)?).await?;
        seen(till, "Go to the counter").await?;
        till.go("/counter").await?;
        till.press("button", "A drawer of its own").await?;
        let other = till.another(profile.path()).await?;
        other.expect_console(UNREACHABLE);
        let outcome = with_both(rows, name, till, &other).await;
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

async fn with_both(rows: &mut Rows, name: &str, till: &mut Journey, other: &Browser) -> Result<()> {
    let code = till.server.setup_code()?.to_owned();
    till.go("/settings/counters").await?;
    till.fill("Set-up code", &code).await?;
    let begun = Instant::now();
    till.press("button", "Connect this shop").await?;
    seen(till, "Last exchange").await?;
    let founded = begun.elapsed().as_secs_f64();
    rows.joined.push(joined(till, other, founded).await?);
    rows.presses.push(presses(name, till, other).await?);
    rows.offline.push(offline(till).await?);
    Ok(())
}

/// A counter joins: until its figures can be read, and until it has all entries.
async fn joined(till: &Browser, other: &Browser, founded: f64) -> Result<String> {
    till.press("button", "New invite").await?;
    till.see("/setup#").await?;
    till.see("The server has this invite.").await?;
    let text = till.text().await?;
    let (_, code) = text.split_once("/setup#").context("a link")?;
    let code: String = code.chars().take_while(char::is_ascii_hexdigit).collect();
    let entries = till.entry_count().await?;
    probe::watch(other).await?;
    other.go(&format!("/setup#{code}")).await?;
    other.fill("Name of this counter", "Workshop").await?;
    let pressed = other.eval("performance.now()").await?;
    let begun = Instant::now();
    other.press("button", "Join a shop").await?;
    seen(other, "This browser is counter").await?;
    let opened = begun.elapsed().as_secs_f64();
    let readable = probe::recorded(other, "readable").await?;
    let readable = readable.as_f64().zip(pressed.as_f64()).map(|(at, pressed)| (at - pressed) / 1e3);
    let readable = readable.context("no balances were shown")?;
    // Its own line is the first one that it records.
    let count = other.entry_count().await?;
    ensure!(count > entries, "{count} of {entries} entries when the counter opens");
    other.press("link", "Go to the counter").await?;
    other.find("link", "Add Order").await?;
    Ok(format!("| {entries} | {founded:.1} | {readable:.1} | {opened:.1} |"))
}

/// Payments at one counter, until another one that shows the account has other figures.
async fn presses(name: &str, till: &Browser, other: &Browser) -> Result<String> {
    till.go("/customers").await?;
    probe::recorded(till, "readable").await?;
    let account = till.eval(ACCOUNT).await?;
    let account = account.as_str().context("there is no customer")?;
    till.go(account).await?;
    other.go(account).await?;
    probe::recorded(other, "readable").await?;
    let mut times = Vec::new();
    for _ in 0..SUBMITS + WARM_UP {
        till.press("link", "Add Payment").await?;
        till.fill("Amount", "1.00").await?;
        other.eval("bench.watch()").await?;
        till.eval("bench.submit()").await?;
        let pressed = till.eval("bench.submits.at(-1).pressed").await?;
        let changed = probe::recorded(other, "changed").await?;
        let took = changed.as_f64().zip(pressed.as_f64()).map(|(changed, pressed)| changed - pressed);
        times.push(took.context("no times were recorded")?);
        till.see("of £1.00 recorded").await?;
        till.back().await?;
    }
    let series = Series::of(times.split_off(WARM_UP))?;
    let [fastest, median, most, longest] = [0, 50, 95, 100].map(|percent| series.percentile(percent));
    Ok(format!("| {name} | {fastest:.0} | {median:.0} | {most:.0} | {longest:.0} |"))
}

/// Entries that are recorded while the server is away: from the first push after it is back to the answer to the last one.
async fn offline(till: &mut Journey) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("customers.csv");
    let mut text = "Name\n".to_owned();
    (0..ENTRIES).try_for_each(|number| writeln!(text, "Guest {number}"))?;
    fs::write(&file, text)?;
    till.go("/settings/import").await?;
    till.server.stop().await?;
    till.upload("Choose a file", &file).await?;
    till.find("heading", "What will be recorded").await?;
    let import = till.full_name("button", "Import ").await?;
    let before = till.entry_count().await?;
    let begun = Instant::now();
    till.press("button", &import).await?;
    seen(till, "rows imported").await?;
    let recorded = begun.elapsed().as_secs_f64();
    let count = till.entry_count().await? - before;
    ensure!(count == ENTRIES as u64, "{count} entries were recorded");
    till.eval("performance.clearResourceTimings() ?? true").await?;
    till.server.resume().await?;
    let sent = async || {
        let text = till.text().await?;
        Ok((!text.contains("to send") && !text.contains("Offline") && !text.contains("not answering"))
            .then_some(()))
    };
    within(LONG, "everything to be sent", sent).await?;
    let pushes = till.eval(PUSHES).await?;
    let number = |at: usize| pushes.get(at).and_then(Value::as_f64).context("no pushes were recorded");
    Ok(format!("| {count} | {recorded:.1} | {:.2} | {} |", number(0)? / 1e3, number(1)?))
}

/// The milliseconds from the first push to the answer to the last one, and their number. One that found no server has no status.
const PUSHES: &str = "(() => {
    const pushes = performance.getEntriesByType('resource')
        .filter(each => each.name.endsWith('/entries') && each.responseStatus === 200);
    return [Math.max(...pushes.map(each => each.responseEnd)) - Math.min(...pushes.map(each => each.startTime)), pushes.length];
})()";

async fn seen(page: &Browser, text: &str) -> Result<()> {
    let what = format!("to see {text}");
    within(LONG, &what, async || Ok(page.text().await?.contains(text).then_some(()))).await
}
