//! A counter whose browser is killed while it receives what another one records and while it sends what it has recorded itself: at the
//! end both hold the same lines, each once.

use crate::sync::{all_have_the_same_number, exchanged, sorted_lines, with_workshop};
use crate::{backup, steps};
use anyhow::{Result, ensure};
use std::path::Path;
use tests::{Browser, Journey, WIDE, journey_with_endpoint, until};

const KILLS: u32 = 6;

#[test]
fn a_counter_that_is_killed_while_it_receives_and_sends_has_everything_once() -> Result<()> {
    journey_with_endpoint("sync-killed", WIDE, async |till| {
        let profile = tempfile::tempdir()?;
        steps::part_paid(till).await?;
        let workshop = with_workshop(till, profile.path()).await?;
        exchanged(&workshop).await?;
        steps::find_customer(till, "Mira Patel").await?;
        let account = till.path().await?;
        killed(till, workshop, profile.path(), &account).await
    })
}

async fn killed(till: &mut Journey, mut workshop: Browser, profile: &Path, account: &str) -> Result<()> {
    let before = till.entry_count().await?;
    for kill in 0..KILLS {
        if kill % 2 == 1 {
            // What it says it recorded is there whenever it is killed.
            pay(&workshop, account).await?;
        }
        pay(till, account).await?;
        if kill % 3 == 2 {
            workshop.entry_count().await?;
        }
        workshop.kill().await?;
        workshop = till.another(profile).await?;
        workshop.go("/counter").await?;
    }
    exchanged(&workshop).await?;
    exchanged(till).await?;
    all_have_the_same_number(&[till, &workshop]).await?;
    let payments = u64::from(KILLS + KILLS / 2);
    ensure!(till.entry_count().await? == before + payments, "{} entries", till.entry_count().await?);
    let (folder, other) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let at_till = sorted_lines(&backup::save(till, folder.path()).await?)?;
    let at_workshop = sorted_lines(&backup::save(&workshop, other.path()).await?)?;
    ensure!(at_till == at_workshop, "the till has {at_till:?} and the workshop {at_workshop:?}");
    workshop.close().await
}

/// Pays 1.00 and waits for the confirmation.
async fn pay(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}/pay")).await?;
    // The amount is what is owed, once the account is read.
    until("the amount", async || Ok((!page.value("Amount").await?.is_empty()).then_some(()))).await?;
    page.fill("Amount", "1.00").await?;
    page.press("button", "Apply Payment").await?;
    page.see("of £1.00 recorded").await
}
