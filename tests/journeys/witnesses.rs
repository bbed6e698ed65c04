//! What the app says about every kind of loss and damage: the table in `docs/reliability.md`, made by this test.
//! `COUNTERFOIL_ACCEPT=1 cargo test -p tests --test journeys witnesses` updates it.

mod cases;
mod doing;

use crate::damage::{clear, copy, leave_app, see_mirrored};
use crate::kills::VERIFY_ANEW;
use crate::steps;
use anyhow::{Context, Result, ensure};
use cases::{CASES, Case, LIVE, Live};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tests::{Browser, Journey, WIDE, journey, until, workspace};

/// JavaScript that returns what is told, without times and letters that were drawn.
const SAID: &str = "[...document.querySelectorAll('[role=alert], main.startup h1')]
    .filter(each => each.checkVisibility()).map(each => each.querySelector('p')?.innerText ?? each.innerText)
    .map(text => text.replace(/\\d{1,2} \\w{3,9}( \\d{4})?,? (at )?\\d{1,2}:\\d{2}/g, '…')).join(' ')";

/// JavaScript that makes the browser refuse every write into a database, as on a full disk.
const NO_ROOM: &str = "(() => {
    const refuse = () => { throw new DOMException('no room', 'QuotaExceededError') };
    IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = refuse;
    return true })()";

/// Whether all lines were verified, and none was damaged.
const VERIFIED: &str = "Object.entries(localStorage)
    .some(([name, text]) => name.endsWith('-verified') && JSON.parse(text).done > 0)";

/// Prepares a shop of which 120.00 is owed, and 50.00 and 30.00 are paid. Returns its order, and a copy of its database without
/// the second payment.
async fn prepare(page: &Browser) -> Result<(String, String)> {
    steps::part_paid(page).await?;
    let (order, earlier) = (page.path().await?, copy(page).await?);
    steps::pay(page, "30.00").await?;
    see_mirrored(page).await?;
    Ok((order, earlier))
}

/// Does the damage while the app is closed, and returns what is said when it opens.
async fn said(page: &mut Journey, case: &Case) -> Result<String> {
    let (order, earlier) = prepare(page).await?;
    leave_app(page).await?;
    page.eval(VERIFY_ANEW).await?;
    for doing in case.doing {
        doing.run(page, &earlier).await?;
    }
    page.go("/counter").await?;
    let said = see(page, case.says).await?;
    if let Some(owes) = case.owes {
        page.go(&order).await?;
        page.see(owes).await?;
        steps::pay(page, "10.00").await?;
    }
    Ok(said)
}

/// What is said at the top, once it contains this; if nothing is to be said, once all lines are verified.
async fn see(page: &Browser, says: &str) -> Result<String> {
    if says.is_empty() {
        let verified = async || Ok((page.eval(VERIFIED).await? == true).then_some(()));
        until("all lines to be verified", verified).await?;
        let said = page.eval(SAID).await?;
        ensure!(said == "", "nothing is wrong, and it says {said}");
        return Ok(String::new());
    }
    page.see(says).await?;
    let said = page.eval(SAID).await?.as_str().context("no text")?.to_owned();
    // At a first start it is a question beside the others.
    if said.contains(says) { Ok(said) } else { text_with(page, says).await }
}

/// Does something to the app while it is open, and returns what it says.
async fn said_live(page: &mut Journey, live: Live) -> Result<String> {
    prepare(page).await?;
    page.go("/settings/backup").await?;
    // The book is open.
    page.find("button", "Save a backup").await?;
    match live {
        Live::ClearAll => {
            // The page may be loaded again, which can come in the way of the worker.
            page.expect_console(&["Failed to register a ServiceWorker"]);
            clear(page, "all").await?;
            see(page, "was deleted while Counterfoil was open").await
        }
        Live::ClearDatabase => {
            clear(page, "indexeddb").await?;
            see(page, "were read from the second copy").await
        }
        Live::DenyDownload => {
            page.cdp("Browser.setDownloadBehavior", json!({"behavior": "deny"})).await?;
            page.press("button", "Save a backup").await?;
            text_with(page, "was offered to your downloads").await
        }
        Live::NoRoom => {
            page.go("/customers/new").await?;
            page.eval(NO_ROOM).await?;
            page.fill("Name", "Ben Cole").await?;
            page.press("button", "Add Customer").await?;
            text_with(page, "out of storage space").await
        }
    }
}

/// The text of the element that contains it.
async fn text_with(page: &Browser, words: &str) -> Result<String> {
    page.see(words).await?;
    let found = "[...document.querySelectorAll('p, [role=alert]')].map(each => each.innerText)
        .filter(text => text.includes(WORDS)).pop()";
    let found = page.eval(&found.replace("WORDS", &json!(words).to_string())).await?;
    Ok(found.as_str().context("no text")?.replace('\n', " "))
}

/// A row of the table: what happens, the name of its journey, and the journey.
type Row = (String, String, Box<dyn Fn(&str) -> Result<String> + Sync>);

/// The number of browsers that run at the same time.
const AT_ONCE: usize = 2;

fn rows() -> Vec<Row> {
    let mut rows = Vec::<Row>::new();
    for (at, case) in CASES.iter().enumerate() {
        let done: Vec<_> = case.doing.iter().map(|doing| doing.words()).collect();
        let what = if done.is_empty() { "nothing".to_owned() } else { done.join(", ") };
        let run = move |name: &str| {
            let mut words = String::new();
            journey(name, WIDE, async |page| {
                words = said(page, case).await?;
                Ok(())
            })?;
            Ok(words)
        };
        rows.push((what, format!("witnesses-{at}"), Box::new(run)));
    }
    for live in LIVE {
        let run = move |name: &str| {
            let mut words = String::new();
            journey(name, WIDE, async |page| {
                words = said_live(page, live).await?;
                Ok(())
            })?;
            Ok(words)
        };
        rows.push((live.words().into(), format!("witnesses-{live:?}"), Box::new(run)));
    }
    rows
}

/// `COUNTERFOIL_WITNESS=witnesses-3,witnesses-ClearAll` runs only these rows, and prints them.
#[test]
fn every_loss_and_damage_is_told() -> Result<()> {
    let only = std::env::var("COUNTERFOIL_WITNESS").ok();
    let mut rows = rows();
    rows.retain(|(_, name, _)| only.as_ref().is_none_or(|only| only.split(',').any(|it| it == name)));
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let at = next.fetch_add(1, Ordering::Relaxed)
                    && let Some((_, name, run)) = rows.get(at)
                {
                    let outcome = run(name);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.insert(at, outcome);
                    }
                }
            });
        }
    });
    let mut table = String::from("| what happened | what it says |\n| --- | --- |\n");
    let mut failed = Vec::new();
    let mut outcomes = outcomes.into_inner().ok().context("a thread panicked")?;
    for (at, (what, name, _)) in rows.iter().enumerate() {
        match outcomes.remove(&at).context("it did not run")? {
            Ok(words) if words.is_empty() => table += &format!("| {what} | nothing: nothing is missing |\n"),
            Ok(words) => table += &format!("| {what} | {words} |\n"),
            Err(why) => failed.push(format!("{name}, {what}: {why:#}")),
        }
    }
    ensure!(failed.is_empty(), "{} failed:\n{}\n\n{table}", failed.len(), failed.join("\n\n"));
    if only.is_some() {
        println!("{table}");
        return Ok(());
    }
    compare(&table)
}

/// Compares the table with the one in the page, or writes it there.
fn compare(table: &str) -> Result<()> {
    let (begin, end) = ("<!-- table of what is said, made by a test -->\n\n", "\n<!-- end of the table -->");
    let path = workspace().join("docs/reliability.md");
    let page = fs::read_to_string(&path)?;
    let (before, rest) = page.split_once(begin).context("no table")?;
    let (known, after) = rest.split_once(end).context("no end of the table")?;
    if std::env::var_os("COUNTERFOIL_ACCEPT").is_some() {
        return Ok(fs::write(&path, [before, begin, table, end, after].concat())?);
    }
    ensure!(known == table, "docs/reliability.md says\n{known}\nand the app says\n{table}");
    Ok(())
}
