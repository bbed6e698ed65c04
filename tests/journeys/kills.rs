//! The browser is killed while entries are copied into the mirror, while the chain is verified, while a book is built again
//! from the mirror, and while missing entries come back from it: nothing that was confirmed is lost, and nothing is there twice.
//!
//! `COUNTERFOIL_KILLS=200` kills more often than the 20 times of each landing.

use crate::damage::{DELETE_DATABASES, copy, leave_app, see_mirrored, write_back};
use crate::steps;
use anyhow::{Context, Result, ensure};
use tests::{Browser, Journey, WIDE, journey, until};

/// JavaScript that makes the next visit verify, as if a day had passed.
pub const VERIFY_ANEW: &str = "Object.keys(localStorage).filter(name => name.endsWith('-verified'))
    .forEach(name => localStorage.removeItem(name)) ?? true";

fn kills() -> usize {
    std::env::var("COUNTERFOIL_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

#[test]
fn a_kill_in_the_middle_of_mirror_verification_rebuild_or_return_loses_nothing() -> Result<()> {
    journey("kills", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let (account, mut paid) = (page.path().await?, 0);
        for kill in 0..kills() {
            paid = pay(page, &account, paid).await?;
            match kill % 4 {
                0 => in_the_mirror(page, &account).await?,
                1 => in_the_verification(page).await?,
                2 => in_a_rebuild(page).await?,
                _ => paid = in_a_return(page, &account, paid).await?,
            }
            page.reopen().await?;
            page.go(&account).await?;
            let shown = credit(page).await?;
            ensure!(
                shown == paid || (kill % 4 == 0 && shown == paid + 1),
                "kill {kill}: {shown} instead of {paid}"
            );
            paid = shown;
        }
        Ok(())
    })
}

/// Pays 1.00 and waits for the confirmation. Returns the number of payments.
async fn pay(page: &Browser, account: &str, paid: usize) -> Result<usize> {
    submit(page, account).await?;
    page.see("of £1.00 recorded").await?;
    Ok(paid + 1)
}

async fn submit(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}/pay")).await?;
    page.fill("Amount", "1.00").await?;
    page.press("button", "Apply Payment").await
}

/// The credit on the open account, in pounds.
async fn credit(page: &Browser) -> Result<usize> {
    page.see("Available credit £").await?;
    let found = page.eval("/Available credit\\s+£(\\d+)\\.00/.exec(document.body.innerText)[1]").await?;
    Ok(found.as_str().context("no credit")?.parse()?)
}

async fn in_the_mirror(page: &mut Journey, account: &str) -> Result<()> {
    submit(page, account).await?;
    page.kill().await
}

async fn in_the_verification(page: &mut Journey) -> Result<()> {
    page.eval(VERIFY_ANEW).await?;
    page.go("/counter").await?;
    page.find("link", "Counter").await?;
    page.kill().await
}

async fn in_a_rebuild(page: &mut Journey) -> Result<()> {
    see_mirrored(page).await?;
    leave_app(page).await?;
    page.eval(DELETE_DATABASES).await?;
    starts(page).await?;
    page.kill().await
}

/// The database is set back to before another payment, which then comes back from the mirror.
async fn in_a_return(page: &mut Journey, account: &str, paid: usize) -> Result<usize> {
    let earlier = copy(page).await?;
    let paid = pay(page, account, paid).await?;
    see_mirrored(page).await?;
    leave_app(page).await?;
    write_back(page, &earlier).await?;
    starts(page).await?;
    page.kill().await?;
    Ok(paid)
}

/// Opens the app, and does not wait until it has opened the book.
async fn starts(page: &Browser) -> Result<()> {
    page.eval("setTimeout(() => { location.href = '/counter' }) && true").await?;
    let started = "location.pathname === '/counter' && Boolean(document.querySelector('main')?.innerText)";
    until(
        "the app to start",
        async || Ok((page.eval(started).await.is_ok_and(|is| is == true)).then_some(())),
    )
    .await
}
