//! The counters of a shop in Settings: an invite is copied and withdrawn, a bookkeeper copies the book, and a counter that was taken out of
//! the shop while it had no network sends what it has and deletes its copy.

use crate::steps;
use crate::sync::{
    UNREACHABLE, connect, exchanged, invite, invite_reader, join, link, sorted_lines, with_workshop,
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use tests::{Browser, Journey, WIDE, counterfoil, journey_with_endpoint, until};

#[test]
fn an_invite_is_copied_and_withdrawn_and_a_bookkeeper_copies_the_book() -> Result<()> {
    journey_with_endpoint("sync-invites", WIDE, async |till| {
        steps::part_paid(till).await?;
        connect(till).await?;
        let code = invite(till).await?;
        till.press("button", "Copy").await?;
        till.see("The link is copied.").await?;
        let found = till.survey("sync-counters").await?;
        ensure!(found.is_empty(), "{found:?}");
        till.press("button", "Withdraw").await?;
        till.see("The invite is withdrawn.").await?;
        till.see_no(&code).await?;
        exchanged(till).await?;
        let profile = tempfile::tempdir()?;
        let other = till.another(profile.path()).await?;
        other.expect_console(&["403 (Forbidden)"]);
        other.go(&format!("/setup#{code}")).await?;
        other.fill("Name of this counter", "Workshop").await?;
        other.press("button", "Join a shop").await?;
        other.see("The code is wrong, used or too old.").await?;
        other.close().await?;

        let folder = tempfile::tempdir()?;
        let book = folder.path().join("book.jsonl");
        let link = invite_reader(till).await?;
        let said = counterfoil_says(&["journal", "pull", "--invite", &link], &book)?;
        let entries = till.entry_count().await?;
        ensure!(said.trim() == format!("{entries} lines, {entries} of them new"), "{said}");
        let verified = counterfoil_says(&["journal", "verify"], &book)?;
        ensure!(verified.contains("every line as it was written"), "{verified}");
        // The same lines with the same words of the server as in the counter's own backup.
        let saved = crate::backup::save(till, folder.path()).await?;
        ensure!(sorted_lines(&saved)? == sorted_lines(&book)?, "the copy differs from the backup");
        // The emergency page saves the same, without the app.
        let folder = tempfile::tempdir()?;
        till.eval("counterfoil.rescue('save', '') ?? true").await?;
        let rescued = crate::backup::offered(till, folder.path()).await?;
        ensure!(sorted_lines(&saved)? == sorted_lines(&rescued)?, "the emergency page saves something else");
        till.go("/settings/counters").await?;
        till.see("Bookkeeper").await
    })
}

pub fn counterfoil_says(words: &[&str], book: &Path) -> Result<String> {
    let output = Command::new(counterfoil()?).args(words).arg(book).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn what_is_recorded_about_counters_without_a_server_waits_and_says_so() -> Result<()> {
    journey_with_endpoint("sync-devices-offline", WIDE, async |till| {
        steps::part_paid(till).await?;
        let profile = tempfile::tempdir()?;
        with_workshop(till, profile.path()).await?.close().await?;
        exchanged(till).await?;
        till.expect_console(UNREACHABLE);
        till.server.stop().await?;
        till.press("button", "New invite").await?;
        till.see("The server does not have this invite yet.").await?;
        let invited = link(till).await?;
        take_out(till).await?;
        till.see("To be taken out once the server has the entry").await?;
        till.server.resume().await?;
        till.eval("dispatchEvent(new Event('online'))").await?;
        till.see("The server has this invite.").await?;
        till.see("Taken out").await?;
        let (_, code) = invited.split_once('#').context("a code")?;
        let profile = tempfile::tempdir()?;
        let stall = till.another(profile.path()).await?;
        join(&stall, code, "C").await?;
        stall.close().await
    })
}

/// The names of the databases and of the folders of files that the browser keeps.
const KEPT: &str = "(async () => {
    const names = (await indexedDB.databases()).map((each) => each.name);
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    for await (const folder of (await navigator.storage.getDirectory()).values())
        if (folder.kind === 'directory') for await (const name of folder.keys()) names.push(name);
    return names.filter((name) => name.startsWith('counterfoil-')).concat(
        Object.keys(localStorage).filter((name) => /^counterfoil-[0-9a-f]{8}/.test(name)));
})()";

#[test]
fn a_counter_that_is_taken_out_while_offline_sends_what_it_has_and_deletes_its_copy() -> Result<()> {
    journey_with_endpoint("sync-taken-out", WIDE, async |till| {
        steps::part_paid(till).await?;
        let profile = tempfile::tempdir()?;
        let workshop = with_workshop(till, profile.path()).await?;
        exchanged(&workshop).await?;
        workshop.offline_ready().await?;
        for page in [&**till, &workshop] {
            page.expect_console(UNREACHABLE);
        }
        till.server.stop().await?;
        steps::find_customer(&workshop, "Mira Patel").await?;
        steps::pay_uncounted(&workshop, "20.00").await?;
        workshop.close().await?;
        till.server.resume().await?;
        taken_out(till, profile.path()).await
    })
}

#[test]
fn every_tab_of_a_counter_that_is_taken_out_leaves() -> Result<()> {
    journey_with_endpoint("sync-taken-out-tabs", WIDE, async |till| {
        steps::part_paid(till).await?;
        let profile = tempfile::tempdir()?;
        let workshop = with_workshop(till, profile.path()).await?;
        workshop.expect_console(&["403 (Forbidden)"]);
        exchanged(&workshop).await?;
        let first = workshop.tab().await?;
        workshop.new_tab().await?;
        steps::find_customer(&workshop, "Mira Patel").await?;
        let second = workshop.tab().await?;
        exchanged(till).await?;
        take_out(till).await?;
        for tab in [&first, &second] {
            workshop.switch_to(tab).await?;
            workshop.see("This counter was taken out of Harbour Cycles.").await?;
        }
        nothing_is_kept(&workshop).await?;
        workshop.close().await
    })
}

/// Takes the workshop out, on the page that is open.
async fn take_out(till: &Browser) -> Result<()> {
    till.press("button", "Actions for B Workshop").await?;
    till.press("menuitem", "Take out of the shop").await?;
    let dialog = till.within("dialog", "Take this counter out of the shop?");
    dialog.see("B Workshop gets no more entries.").await?;
    dialog.press("button", "Take out of the shop").await?;
    till.lacks("button", "Actions for B Workshop").await
}

async fn nothing_is_kept(counter: &Browser) -> Result<()> {
    let kept = async || {
        let kept = counter.eval(KEPT).await?;
        ensure!(kept == json!([]), "kept: {kept}");
        Ok(Some(()))
    };
    until("nothing of the shop to be left", kept).await
}

async fn taken_out(till: &mut Journey, profile: &Path) -> Result<()> {
    exchanged(till).await?;
    take_out(till).await?;
    till.see("Taken out").await?;
    let workshop = till.another(profile).await?;
    workshop.expect_console(&["403 (Forbidden)"]);
    workshop.go("/").await?;
    workshop.see("This counter was taken out of Harbour Cycles.").await?;
    nothing_is_kept(&workshop).await?;
    workshop.close().await?;

    // What it had recorded is here, counts for nothing, and then counts.
    till.go("/counter").await?;
    till.see("The counter that recorded this had been taken out of the shop.").await?;
    steps::find_customer(till, "Mira Patel").await?;
    till.see("Owes £70.00").await?;
    till.go("/counter").await?;
    till.press("button", "Let it count").await?;
    till.see_no("The counter that recorded this had been taken out of the shop.").await?;
    steps::find_customer(till, "Mira Patel").await?;
    till.see("Owes £50.00").await
}
