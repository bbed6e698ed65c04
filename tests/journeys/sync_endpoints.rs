//! Three counters of one shop, and two endpoints over one database behind one address. One of the endpoints is killed again and again
//! while all three record: at the end nothing is lost, nothing is there twice, and every copy of the book is the same.

#[path = "../../crates/endpoint/tests/cluster/server.rs"]
mod cluster;

use crate::sync::{
    UNREACHABLE, all_have_the_same_number, exchanged, invite, invite_reader, join, sorted_lines,
};
use crate::sync_devices::counterfoil_says;
use crate::{backup, steps};
use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tests::{Balancer, Browser, Driver, Server, WIDE, dist, until};

const KILLS: usize = 6;
const LETTERS: [&str; 3] = ["A", "B", "C"];

/// What the console says when the endpoint that a connection led to is killed.
const CUT: &[&str] = &["ERR_EMPTY_RESPONSE", "ERR_CONNECTION_CLOSED", "503 (Service Unavailable)"];

#[test]
fn three_counters_at_two_endpoints_of_which_one_is_killed_lose_nothing_and_write_nothing_twice() -> Result<()>
{
    let database = cluster::Cluster::start("");
    let url = database.database();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut balancer = Balancer::listen().await?;
        let mut servers = Vec::new();
        for _ in 0..2 {
            servers.push(Server::start_over(dist()?, url.clone(), balancer.address()).await?);
        }
        balancer.forward(servers.iter().map(Server::port).collect());
        let driver = Driver::start().await?;
        let profiles = [tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?];
        let mut counters = Vec::new();
        for profile in &profiles {
            let page = Browser::open(&driver, profile.path(), &balancer.address(), WIDE).await?;
            page.expect_console(UNREACHABLE);
            page.expect_console(CUT);
            counters.push(page);
        }
        let outcome = record_and_compare(&counters, &mut servers).await;
        for page in counters {
            if outcome.is_err() { page.quit().await? } else { page.close().await? }
        }
        outcome
    })
}

async fn record_and_compare(counters: &[Browser], servers: &mut [Server]) -> Result<()> {
    let [till, workshop, stall] = counters else { anyhow::bail!("{} counters", counters.len()) };
    steps::part_paid(till).await?;
    till.go("/settings/counters").await?;
    till.fill("Set-up code", servers.first().context("a server")?.setup_code()?).await?;
    till.press("button", "Connect this shop").await?;
    till.see("Last exchange").await?;
    for (page, letter) in [(workshop, "B"), (stall, "C")] {
        join(page, &invite(till).await?, letter).await?;
    }
    steps::find_customer(till, "Mira Patel").await?;
    let account = till.path().await?;
    all_have_the_same_number(&[till, workshop, stall]).await?;
    let before = till.entry_count().await?;
    for kill in 0..KILLS {
        for page in counters {
            open_payment(page, &account).await?;
        }
        // All three press at once. An endpoint is killed meanwhile, or when the first of them has recorded and sends.
        let server = servers.get_mut(kill / 2 % 2).context("a server")?;
        if kill % 2 == 0 {
            tokio::try_join!(press(till), press(workshop), press(stall), server.stop())?;
        } else {
            let first = async {
                press(till).await?;
                server.stop().await
            };
            tokio::try_join!(first, press(workshop), press(stall))?;
        }
        if kill % 3 == 2 {
            // The other endpoint takes everything while this one is away.
            sent(counters).await?;
        }
        server.resume().await?;
    }
    sent(counters).await?;
    all_have_the_same_number(&[till, workshop, stall]).await?;
    let added = till.entry_count().await? - before;
    ensure!(added == (KILLS * counters.len()) as u64, "{added} entries were added");
    for page in counters {
        page.go(&account).await?;
        page.see(&format!("Owes £{}.00", 70 - KILLS * counters.len())).await?;
    }
    same_books(counters).await
}

/// Every counter, and a copy that the command line fetches, hold the same lines with the same words of the endpoints about them.
async fn same_books(counters: &[Browser]) -> Result<()> {
    let till = counters.first().context("a counter")?;
    let link = invite_reader(till).await?;
    sent(counters).await?;
    all_have_the_same_number(&counters.iter().collect::<Vec<_>>()).await?;
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("book.jsonl");
    // The balancer is a task of this thread, so the program must not block it.
    let at = book.clone();
    let pulled = move || counterfoil_says(&["journal", "pull", "--invite", &link], &at);
    tokio::task::spawn_blocking(pulled).await??;
    let verified = counterfoil_says(&["journal", "verify"], &book)?;
    ensure!(verified.contains("every line as it was written"), "{verified}");
    let copied = sorted_lines(&book)?;
    for letter in LETTERS {
        // Numbers of documents are never used twice.
        let numbers = copied.iter().filter(|line| {
            line.contains("\"kind\":\"payment.recorded\"") && line.contains(&format!("\"no\":\"{letter}P-"))
        });
        let expected = KILLS + usize::from(letter == "A");
        let count = numbers.count();
        ensure!(count == expected, "{count} payments of counter {letter}");
    }
    let folders = [TempDir::new()?, TempDir::new()?, TempDir::new()?];
    for (page, folder) in counters.iter().zip(&folders) {
        let saved = sorted_lines(&backup::save(page, folder.path()).await?)?;
        ensure!(saved == copied, "a counter has {saved:?} and the copy {copied:?}");
    }
    Ok(())
}

/// Waits until every counter says that everything is exchanged.
async fn sent(counters: &[Browser]) -> Result<()> {
    for page in counters {
        // At once, and not when the next attempt is due.
        page.eval("dispatchEvent(new Event('online')) ?? true").await?;
        exchanged(page).await?;
        page.see_no("to send").await?;
    }
    Ok(())
}

async fn open_payment(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}/pay")).await?;
    // The amount is what is owed, once the account is read.
    until("the amount", async || Ok((!page.value("Amount").await?.is_empty()).then_some(()))).await?;
    page.fill("Amount", "1.00").await
}

async fn press(page: &Browser) -> Result<()> {
    page.press("button", "Apply Payment").await?;
    page.see("of £1.00 recorded").await
}
