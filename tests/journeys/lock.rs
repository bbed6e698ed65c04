//! Walking away: the lock covers everything, keeps what was typed, and opens only with a PIN.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, NARROW, WIDE, journey, until};

const ANA: &str = "Who acts: Ana Ruiz · admin";

/// A payment half typed, and the counter locked over it.
async fn locked(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    steps::add_customer(page, "Mira Patel").await?;
    page.press("link", "Add Payment").await?;
    page.fill("Amount", "12.50").await?;
    lock(page).await
}

pub async fn lock(page: &Browser) -> Result<()> {
    page.press("button", ANA).await?;
    page.press("menuitem", "Lock now").await?;
    page.find("dialog", "Locked").await.map(drop)
}

pub async fn unlock(page: &Browser, pin: &str) -> Result<()> {
    let door = page.within("dialog", "Locked");
    door.fill("PIN", pin).await?;
    door.press("button", "Unlock").await
}

/// Nothing of the book can be read, heard, found or focused.
async fn covered(page: &Browser) -> Result<()> {
    page.find("dialog", "Locked").await?;
    page.see_no("Mira Patel").await?;
    ensure!(!page.has("textbox", "Amount").await?, "the form beneath can be reached");
    let title = page.read("document.title").await?;
    ensure!(title == "Locked · Counterfoil", "the tab says {title}");
    Ok(())
}

#[test]
fn what_was_typed_stays_beneath_the_lock() -> Result<()> {
    for size in [WIDE, NARROW] {
        journey("lock", size, async |page| {
            locked(page).await?;
            covered(page).await?;
            let before = page.lines().await?;
            for key in ["Escape", "Escape", "Control+Enter", "p"] {
                page.keys(key).await?;
                covered(page).await?;
            }
            ensure!(page.lines().await? == before, "a key recorded something beneath the lock");
            unlock(page, "4711").await?;
            page.holds("Amount", "12.50").await?;
            page.press("button", "Apply Payment").await?;
            page.see("of £12.50 recorded").await
        })?;
    }
    Ok(())
}

#[test]
fn neither_back_nor_reload_nor_another_tab_lead_around_it() -> Result<()> {
    journey("lock-around", WIDE, async |page| {
        locked(page).await?;
        page.back().await?;
        covered(page).await?;
        page.reload().await?;
        covered(page).await?;
        for path in ["/customers", "/setup", "/nothing", "/"] {
            page.go(path).await?;
            covered(page).await?;
        }
        let first = page.tab().await?;
        let second = page.new_tab().await?;
        page.go("/customers").await?;
        covered(page).await?;
        unlock(page, "4711").await?;
        page.see("Mira Patel").await?;
        page.show(&first).await?;
        page.lacks("dialog", "Locked").await?;
        lock(page).await?;
        page.show(&second).await?;
        covered(page).await
    })
}

#[test]
fn wrong_pins_wait_longer_and_longer_also_after_a_reload() -> Result<()> {
    journey("lock-wrong", WIDE, async |page| {
        locked(page).await?;
        for _ in 0..5 {
            unlock(page, "").await?;
            page.see("Type your PIN").await?;
        }
        for _ in 0..2 {
            unlock(page, "1234").await?;
            page.see("Wrong PIN. Type it again").await?;
        }
        unlock(page, "1234").await?;
        page.see("Wrong PIN too often. Try again in").await?;
        // A try that comes too early leaves no digits for the next one.
        unlock(page, "4711").await?;
        page.within("dialog", "Locked").holds("PIN", "").await?;
        later(page, 6).await?;
        page.see_no("Wrong PIN").await?;
        unlock(page, "0000").await?;
        let longer = async || Ok(seconds_left(page).await?.filter(|left| (6..=10).contains(left)).map(drop));
        until("a wait of ten seconds", longer).await?;
        page.reload().await?;
        page.see("Wrong PIN too often. Try again in").await?;
        unlock(page, "4711").await?;
        covered(page).await?;
        later(page, 11).await?;
        page.see_no("Wrong PIN too often").await?;
        unlock(page, "4711").await?;
        page.lacks("dialog", "Locked").await
    })
}

/// The seconds until the next try, as the page says them; they pass while it is read.
async fn seconds_left(page: &Browser) -> Result<Option<u32>> {
    let text = page.text().await?;
    let after = text.split_once("Wrong PIN too often. Try again in ").map(|(_, after)| after);
    Ok(after.and_then(|after| after.split(' ').next()?.parse().ok()))
}

/// Puts the page's clock on by so many seconds.
async fn later(page: &Browser, seconds: u64) -> Result<()> {
    let ahead =
        format!("(() => {{ const then = Date.now; Date.now = () => then() + {seconds}000; return true }})()");
    ensure!(page.read(&ahead).await? == true);
    Ok(())
}

/// What a browser does when somebody comes back to its window.
const COME_BACK: &str = "(window.dispatchEvent(new Event('focus')), true)";

#[test]
fn it_locks_by_itself_when_nobody_touches_it() -> Result<()> {
    journey("lock-idle", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        later(page, 4 * 60).await?;
        page.press("link", "Add Payment").await?;
        page.fill("Amount", "12.50").await?;
        later(page, 4 * 60).await?;
        page.read(COME_BACK).await?;
        page.holds("Amount", "12.50").await?;
        later(page, 61).await?;
        page.read(COME_BACK).await?;
        covered(page).await?;
        unlock(page, "4711").await?;
        page.holds("Amount", "12.50").await?;

        page.press("link", "Settings").await?;
        page.choose("Lock after", "Never").await?;
        later(page, 9 * 3_600).await?;
        page.read(COME_BACK).await?;
        page.press("link", "Customers").await?;
        page.see("Mira Patel").await?;
        page.reload().await?;
        page.see("Mira Patel").await
    })
}

#[test]
fn the_example_shop_locks_only_when_somebody_wants_it_to() -> Result<()> {
    journey("lock-example", WIDE, async |page| {
        steps::try_the_example(page).await?;
        page.go("/settings").await?;
        page.see("Whoever acts has no PIN on this device.").await?;
        ensure!(page.value("Lock after").await? == "0", "the example locks by itself");
        page.press("button", "Lock now").await?;
        page.lacks("dialog", "Locked").await
    })
}

#[test]
fn a_forgotten_pin_costs_a_day_and_no_work() -> Result<()> {
    journey("lock-forgotten", WIDE, async |page| {
        locked(page).await?;
        page.press("DisclosureTriangle", "Forgotten the PIN?").await?;
        page.press("button", "Ask to come in without a PIN").await?;
        page.see("In 24 hours an admin may come in here without a PIN").await?;
        ensure!(!page.has("button", "Come in without a PIN").await?, "not before");
        unlock(page, "4711").await?;
        page.holds("Amount", "12.50").await?;
        lock(page).await?;
        page.see_no("an admin may come in").await?;

        page.press("DisclosureTriangle", "Forgotten the PIN?").await?;
        page.press("button", "Ask to come in without a PIN").await?;
        page.see("In 24 hours an admin may come in here without a PIN").await?;
        later(page, 24 * 3_600).await?;
        page.press("button", "Come in without a PIN").await?;
        page.holds("Amount", "12.50").await?;
        page.go("/settings/people").await?;
        page.figure("Ana Ruiz", "PIN on this device", "none").await
    })
}
