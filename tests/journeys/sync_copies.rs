//! A browser profile that was copied: both copies go on, each in a chain of its own, and nothing is lost.

use crate::steps;
use crate::sync::{UNREACHABLE, exchanged, with_workshop};
use anyhow::{Result, ensure};
use serde_json::json;
use std::process::Command;
use tests::{Browser, Journey, WIDE, journey_with_endpoint};

/// How many keys the device has here.
const KEYS: &str = "(async () => {
    const done = (request) => new Promise((ok, no) => {
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
    });
    let count = 0;
    for (const { name } of await indexedDB.databases()) {
        const db = await done(indexedDB.open(name));
        if (db.objectStoreNames.contains('meta')) {
            const names = await done(db.transaction('meta').objectStore('meta').getAllKeys());
            count += names.filter((name) => `${name}`.startsWith('device-key')).length;
        }
        db.close();
    }
    return count;
})()";

#[test]
fn both_copies_of_a_profile_go_on_and_one_has_a_key_of_its_own() -> Result<()> {
    journey_with_endpoint("sync-copies", WIDE, async |till| {
        steps::part_paid(till).await?;
        let (profile, copied) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let workshop = with_workshop(till, profile.path()).await?;
        exchanged(&workshop).await?;
        workshop.offline_ready().await?;
        workshop.close().await?;
        let copy = Command::new("cp").arg("-a").arg(profile.path().join(".")).arg(copied.path()).status()?;
        ensure!(copy.success(), "not copied");
        let copies = [till.another(profile.path()).await?, till.another(copied.path()).await?];
        both_go_on(till, &copies).await?;
        for page in copies {
            page.close().await?;
        }
        Ok(())
    })
}

async fn both_go_on(till: &mut Journey, copies: &[Browser; 2]) -> Result<()> {
    let [one, other] = copies;
    for page in [&**till, one, other] {
        page.expect_console(UNREACHABLE);
        page.expect_console(&["409 (Conflict)"]);
        page.go("/counter").await?;
    }
    till.server.stop().await?;
    // The same numbers of the same chain, with different payments.
    for (page, amount) in copies.iter().zip(["20.00", "10.00"]) {
        steps::find_customer(page, "Mira Patel").await?;
        steps::pay_uncounted(page, amount).await?;
    }
    till.server.resume().await?;
    owes(till, copies, "Owes £40.00").await?;
    let mut keys = Vec::new();
    for page in copies {
        keys.push(page.eval(KEYS).await?);
    }
    // The copy that hands in first keeps the key; either may be it.
    ensure!(keys == [json!(1), json!(2)] || keys == [json!(2), json!(1)], "{keys:?}");
    // Both go on with a session of their own.
    for page in copies {
        steps::find_customer(page, "Mira Patel").await?;
        steps::pay_uncounted(page, "5.00").await?;
    }
    owes(till, copies, "Owes £30.00").await
}

/// Waits until everything is exchanged, and every counter says the same about the customer.
async fn owes(till: &Journey, copies: &[Browser; 2], what: &str) -> Result<()> {
    let [one, other] = copies;
    for page in [one, other, &**till] {
        exchanged(page).await?;
    }
    for page in [one, other, &**till] {
        steps::find_customer(page, "Mira Patel").await?;
        page.see(what).await?;
    }
    Ok(())
}
