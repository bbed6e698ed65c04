//! Two counters that do the same things while neither has a network, and a third one that only looks: afterwards all have one
//! book with the same conflicts, and the figures are those of the same acts in a day book.

use crate::steps::{self, OWED_AFTER};
use crate::sync::{UNREACHABLE, connect, exchanged, invite, join};
use crate::{backup, sync};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::{Browser, Journey, WIDE, counterfoil, journey_with_endpoint};

/// The same acts as a day book.
const DAY: &str = r#"
shop "Harbour Cycles" GBP
customer mira "Mira Patel"
customer jo "Jo Doe"
customer kim "Kim Lee"
@till B
@till A
order O-1 mira 120.00
pay P-1 mira 50.00 cash to O-1
order O-2 jo 40.00
order O-3 jo 40.00
credit C-1 jo 30.00 reason "goodwill"
order O-4 kim 60.00
offline B
refund R-1 O-1 50.00 cash from P-1 owed-after 70.00 reason "returned goods"
pay P-2 mira 70.00 cash to O-1
apply C-1 to O-2 30.00
credit-note N-1 O-4 60.00 reason "returned goods"
@till B
refund R-2 O-1 50.00 cash from P-1 owed-after 70.00 reason "returned goods"
pay P-3 mira 70.00 cash to O-1
apply C-1 to O-3 30.00
credit-note N-2 O-4 60.00 reason "returned goods"
online B
"#;

/// Who has a conflict, and what all counters say about it.
const CONFLICTS: [(&str, &[&str]); 3] = [
    ("Mira Patel", &["More was refunded than was paid: £50.00 too much.", "The same amount was paid twice."]),
    ("Jo Doe", &["The same credit was used twice: £30.00 more than was left."]),
    (
        "Kim Lee",
        &["More was taken off or written off an order than was left of it: the extra £60.00 does not count."],
    ),
];

/// The book before the network goes away.
async fn prepare(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    steps::add_customer(page, "Mira Patel").await?;
    let mira = page.path().await?;
    steps::place_order(page, "120.00").await?;
    page.go(&mira).await?;
    steps::pay_uncounted(page, "50.00").await?;
    steps::add_customer(page, "Jo Doe").await?;
    let jo = page.path().await?;
    for _ in 0..2 {
        page.go(&jo).await?;
        steps::place_order(page, "40.00").await?;
    }
    page.go(&format!("{jo}/credit")).await?;
    page.fill("Amount", "30.00").await?;
    page.choose("Reason", "Goodwill").await?;
    page.press("button", "Add Credit").await?;
    page.within("dialog", "Give Jo Doe credit of £30.00?").press("button", "Add Credit").await?;
    page.see("AC-0001").await?;
    steps::add_customer(page, "Kim Lee").await?;
    steps::place_order(page, "60.00").await
}

/// What both do: refund the one payment, take the money for the one order, spend the one credit, take back the one chair.
async fn act(page: &Browser, credit_goes_to: &str) -> Result<()> {
    steps::find_customer(page, "Mira Patel").await?;
    page.press("link", "AI-0001").await?;
    page.find("heading", "Order AI-0001").await?;
    steps::fill_refund_step_one(page).await?;
    page.fill(OWED_AFTER, "70.00").await?;
    page.press("button", "Next").await?;
    page.press("button", "Record refund").await?;
    page.see("of £50.00 recorded").await?;

    steps::find_customer(page, "Mira Patel").await?;
    steps::pay_uncounted(page, "70.00").await?;

    steps::find_customer(page, "Jo Doe").await?;
    page.press("tab", "Credits").await?;
    page.press("button", "Actions for AC-0001").await?;
    page.press("menuitem", "Apply to an order").await?;
    let dialog = page.within("dialog", "Apply credit AC-0001 of Jo Doe to an order?");
    let order = page.full_name("option", credit_goes_to).await?;
    dialog.choose("Order", &order).await?;
    dialog.fill("Amount", "30.00").await?;
    dialog.press("button", "Apply to an order").await?;
    page.see("£30.00 of credit AC-0001 is applied.").await?;

    steps::find_customer(page, "Kim Lee").await?;
    page.press("link", "AI-0004").await?;
    page.act("Add Credit Note").await?;
    page.fill("Amount", "60.00").await?;
    page.choose("Reason", "Returned goods").await?;
    page.press("button", "Add Credit Note").await?;
    let sure = page.within("dialog", "Take £60.00 off order AI-0004 of Kim Lee with a credit note?");
    sure.press("button", "Add Credit Note").await?;
    page.see("of £60.00 recorded").await
}

/// What an account says about its conflicts.
async fn conflicts(page: &Browser, customer: &str, expected: &[&str]) -> Result<()> {
    steps::find_customer(page, customer).await?;
    for sentence in expected {
        page.see(sentence).await?;
    }
    Ok(())
}

#[test]
fn two_counters_that_did_the_same_offline_end_with_one_book_and_the_same_conflicts() -> Result<()> {
    journey_with_endpoint("sync-conflicts", WIDE, async |till| {
        prepare(till).await?;
        connect(till).await?;
        let profiles = [tempfile::tempdir()?, tempfile::tempdir()?];
        let mut others = Vec::new();
        for (profile, letter) in profiles.iter().zip(["B", "C"]) {
            let code = invite(till).await?;
            let other = till.another(profile.path()).await?;
            join(&other, &code, letter).await?;
            others.push(other);
        }
        let outcome = offline_and_back(till, &others).await;
        for other in others {
            match &outcome {
                Ok(()) => other.close().await?,
                Err(_) => other.quit().await?,
            }
        }
        outcome
    })
}

async fn offline_and_back(till: &mut Journey, others: &[Browser]) -> Result<()> {
    let (workshop, stall) = others.split_first().context("two other counters")?;
    let stall = stall.first().context("a third counter")?;
    for page in [&**till, workshop, stall] {
        page.offline_ready().await?;
        page.expect_console(UNREACHABLE);
    }
    till.server.stop().await?;
    act(till, "AI-0002").await?;
    act(workshop, "AI-0003").await?;
    till.server.resume().await?;
    let counters = [&**till, workshop, stall];
    for page in counters {
        exchanged(page).await?;
    }
    sync::all_have_the_same_number(&counters).await?;
    for (letter, page) in ["A", "B", "C"].into_iter().zip(counters) {
        for (customer, sentences) in CONFLICTS {
            let told = conflicts(page, customer, sentences).await;
            told.with_context(|| format!("{customer} at counter {letter}"))?;
        }
    }
    same_figures(&counters).await
}

/// The backups hold the same lines, are valid, post the same, and their balances are those of the day book.
async fn same_figures(counters: &[&Browser]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let day = folder.path().join("day.daybook");
    fs::write(&day, DAY)?;
    let expected = balances(&day)?;
    let (mut books, mut posted) = (Vec::new(), Vec::new());
    for (at, page) in counters.iter().enumerate() {
        let saved = folder.path().join(at.to_string());
        fs::create_dir(&saved)?;
        let book = backup::save(page, &saved).await?;
        let verified = run(&["journal", "verify"], &book)?;
        ensure!(verified.contains("every line as it was written"), "{verified}");
        let seen = balances(&book)?;
        ensure!(seen == expected, "{seen}\n{expected}");
        books.push(sync::sorted_lines(&book)?);
        posted.push(run(&["journal", "daybook"], &book)?);
    }
    ensure!(posted.iter().all(|one| Some(one) == posted.first()), "{posted:?}");
    ensure!(books.iter().all(|book| Some(book) == books.first()), "the books differ");
    Ok(())
}

fn balances(book: &Path) -> Result<String> {
    run(&["journal", "balances"], &book.to_path_buf())
}

fn run(words: &[&str], book: &PathBuf) -> Result<String> {
    let output = Command::new(counterfoil()?).args(words).arg(book).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
