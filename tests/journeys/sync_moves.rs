//! The owner moves the shop to no server, and back to the one that it had; and to another address.

use crate::steps;
use crate::sync::{connect, exchanged, with_workshop};
use anyhow::Result;
use tests::{Browser, Journey, WIDE, journey_with_endpoint};

const ALONE: &str = "This shop is on this device alone.";

async fn work_without_a_server(till: &Browser) -> Result<()> {
    exchanged(till).await?;
    till.press("button", "Work without a server").await?;
    till.within("dialog", "Work without a server?").press("button", "Work without a server").await?;
    till.see(ALONE).await
}

/// Connects a shop again with the server that it had.
async fn connect_again(page: &Browser) -> Result<()> {
    page.go("/settings/counters").await?;
    page.press("button", "Connect this shop").await?;
    page.see("Last exchange").await
}

async fn pays(page: &Browser, amount: &str) -> Result<()> {
    steps::find_customer(page, "Mira Patel").await?;
    steps::pay_uncounted(page, amount).await
}

#[test]
fn a_shop_works_without_a_server_and_comes_back_to_the_one_that_it_had() -> Result<()> {
    journey_with_endpoint("sync-leave", WIDE, async |till| {
        steps::part_paid(till).await?;
        let profile = tempfile::tempdir()?;
        let workshop = with_workshop(till, profile.path()).await?;
        leave_and_come_back(till, &workshop).await?;
        workshop.close().await
    })
}

async fn leave_and_come_back(till: &Journey, workshop: &Browser) -> Result<()> {
    exchanged(workshop).await?;
    for page in [&**till, workshop] {
        page.expect_console(&["409 (Conflict)"]);
    }
    work_without_a_server(till).await?;
    workshop.see(ALONE).await?;
    // Each goes on with its own book.
    pays(till, "20.00").await?;
    pays(workshop, "10.00").await?;
    steps::find_customer(till, "Mira Patel").await?;
    till.see("Owes £50.00").await?;
    connect_again(till).await?;
    connect_again(workshop).await?;
    for page in [&**till, workshop] {
        exchanged(page).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £40.00").await?;
    }
    Ok(())
}

#[test]
fn a_shop_that_moved_says_where_it_is_and_keeps_what_is_recorded() -> Result<()> {
    journey_with_endpoint("sync-moved", WIDE, async |till| {
        steps::part_paid(till).await?;
        connect(till).await?;
        till.expect_console(&["410 (Gone)"]);
        till.press("button", "Move to this server").await?;
        till.see("Enter an address that begins with https:// and has no path").await?;
        till.fill("Address of the new server", "https://shop.example/").await?;
        till.press("button", "Move to this server").await?;
        let dialog = till.within("dialog", "Move the shop to another server?");
        dialog.see("Until https://shop.example has the shop").await?;
        dialog.press("button", "Move to this server").await?;
        till.see("The owner has moved this shop to https://shop.example.").await?;
        let found = till.survey("sync-moved").await?;
        anyhow::ensure!(found.is_empty(), "{found:?}");
        pays(till, "20.00").await?;
        till.go("/settings/counters").await?;
        till.see("Moved to another server · 1 to send").await
    })
}
