//! The lock: it covers everything, preserves what was typed, and opens only with a PIN.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, NARROW, Said, WIDE, journey, until};

const ANA: &str = "Signed in: Ana Ruiz · admin";

/// Types a part of a payment and locks the counter.
async fn locked(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    steps::add_customer(page, "Mira Patel").await?;
    page.act("Add Payment").await?;
    page.fill("Amount", "12.50").await?;
    lock(page).await
}

pub async fn lock(page: &Browser) -> Result<()> {
    page.press("button", ANA).await?;
    page.press("menuitem", "Lock now").await?;
    page.find("dialog", "Locked").await.map(drop)
}

pub async fn unlock(page: &Browser, pin: &str) -> Result<()> {
    let dialog = page.within("dialog", "Locked");
    dialog.fill("PIN", pin).await?;
    dialog.press("button", "Unlock").await
}

/// Checks that the data beneath the lock is not visible, accessible or focusable.
async fn covered(page: &Browser) -> Result<()> {
    page.find("dialog", "Locked").await?;
    page.see_no("Mira Patel").await?;
    ensure!(!page.has("textbox", "Amount").await?, "the form beneath is accessible");
    let title = page.eval("document.title").await?;
    ensure!(title == "Locked · Counterfoil", "the title of the tab is {title}");
    Ok(())
}

#[test]
fn the_lock_preserves_what_was_typed() -> Result<()> {
    for size in [WIDE, NARROW] {
        journey("lock", size, async |page| {
            locked(page).await?;
            covered(page).await?;
            let before = page.entry_count().await?;
            for key in ["Escape", "Escape", "Control+Enter", "p"] {
                page.press_keys(key).await?;
                covered(page).await?;
            }
            ensure!(page.entry_count().await? == before, "a key recorded something beneath the lock");
            unlock(page, "4711").await?;
            page.holds("Amount", "12.50").await?;
            let money = page.money_before().await?;
            page.press("button", "Apply Payment").await?;
            page.see("of £12.50 recorded").await?;
            money.adds_up(page, Said::Take(DRAWER, "12.50")).await
        })?;
    }
    Ok(())
}

#[test]
fn back_reload_and_another_tab_do_not_bypass_the_lock() -> Result<()> {
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
        page.switch_to(&first).await?;
        page.lacks("dialog", "Locked").await?;
        lock(page).await?;
        page.switch_to(&second).await?;
        covered(page).await
    })
}

#[test]
fn the_wait_after_wrong_pins_doubles_and_survives_a_reload() -> Result<()> {
    journey("lock-wrong", WIDE, async |page| {
        locked(page).await?;
        for _ in 0..5 {
            unlock(page, "").await?;
            page.see("Enter your PIN").await?;
        }
        for _ in 0..2 {
            unlock(page, "1234").await?;
            page.see("Wrong PIN. Try again").await?;
        }
        unlock(page, "1234").await?;
        page.see("Wrong PIN too often. Try again in").await?;
        // A try during the wait clears the field.
        unlock(page, "4711").await?;
        page.within("dialog", "Locked").holds("PIN", "").await?;
        advance_clock(page, 6).await?;
        page.see_no("Wrong PIN").await?;
        unlock(page, "0000").await?;
        let longer = async || Ok(seconds_left(page).await?.filter(|left| (6..=10).contains(left)).map(drop));
        until("a wait of ten seconds", longer).await?;
        page.reload().await?;
        page.see("Wrong PIN too often. Try again in").await?;
        unlock(page, "4711").await?;
        covered(page).await?;
        advance_clock(page, 11).await?;
        page.see_no("Wrong PIN too often").await?;
        unlock(page, "4711").await?;
        page.lacks("dialog", "Locked").await
    })
}

/// The seconds until the next try, as the page shows them.
async fn seconds_left(page: &Browser) -> Result<Option<u32>> {
    let text = page.text().await?;
    let after = text.split_once("Wrong PIN too often. Try again in ").map(|(_, after)| after);
    Ok(after.and_then(|after| after.split(' ').next()?.parse().ok()))
}

/// Advances the page's clock by this number of seconds.
async fn advance_clock(page: &Browser, seconds: u64) -> Result<()> {
    let ahead =
        format!("(() => {{ const then = Date.now; Date.now = () => then() + {seconds}000; return true }})()");
    ensure!(page.eval(&ahead).await? == true);
    Ok(())
}

/// JavaScript that fires the event for a window that gets the focus again.
const REFOCUS: &str = "(window.dispatchEvent(new Event('focus')), true)";

#[test]
fn it_locks_by_itself_after_idle_time() -> Result<()> {
    journey("lock-idle", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        advance_clock(page, 4 * 60).await?;
        page.act("Add Payment").await?;
        page.fill("Amount", "12.50").await?;
        advance_clock(page, 4 * 60).await?;
        page.eval(REFOCUS).await?;
        page.holds("Amount", "12.50").await?;
        advance_clock(page, 61).await?;
        page.eval(REFOCUS).await?;
        covered(page).await?;
        unlock(page, "4711").await?;
        page.holds("Amount", "12.50").await?;

        page.press("link", "Settings").await?;
        page.press("link", "People and rights").await?;
        page.choose("Lock after", "Never").await?;
        advance_clock(page, 9 * 3_600).await?;
        page.eval(REFOCUS).await?;
        page.press("link", "Customers").await?;
        page.see("Mira Patel").await?;
        page.reload().await?;
        page.see("Mira Patel").await
    })
}

#[test]
fn the_example_shop_does_not_lock_by_itself() -> Result<()> {
    journey("lock-example", WIDE, async |page| {
        steps::try_the_example(page).await?;
        page.go("/settings/people").await?;
        page.see("You have no PIN on this device.").await?;
        ensure!(page.value("Lock after").await? == "0", "the example locks by itself");
        page.press("button", "Lock now").await?;
        page.lacks("dialog", "Locked").await
    })
}

/// JavaScript that stores for how many hours the app was seen running since the PIN was reported as forgotten.
fn ran(hours: u32) -> String {
    format!(
        "(() => {{
        const name = Object.keys(localStorage).find(name => name.endsWith('/forgotten'));
        localStorage.setItem(`${{name}}-ran`, {hours} * 3600000);
        return true }})()"
    )
}

#[test]
fn a_forgotten_pin_is_bypassed_after_a_day_in_which_the_app_ran_and_not_by_the_clock() -> Result<()> {
    journey("lock-forgotten", WIDE, async |page| {
        locked(page).await?;
        page.press("DisclosureTriangle", "Forgot your PIN?").await?;
        page.press("button", "Request access without a PIN").await?;
        page.see("When this app was open here for 24 more hours").await?;
        ensure!(
            !page.has("button", "Unlock without a PIN").await?,
            "the button is shown before the day is over"
        );
        unlock(page, "4711").await?;
        page.holds("Amount", "12.50").await?;
        lock(page).await?;
        page.see_no("an admin may unlock").await?;

        page.press("DisclosureTriangle", "Forgot your PIN?").await?;
        page.press("button", "Request access without a PIN").await?;
        page.see("for 24 more hours").await?;
        // Turning the clock forward does not count; what the app was seen running does.
        advance_clock(page, 24 * 3_600).await?;
        page.eval(&ran(12)).await?;
        page.see("for 12 more hours").await?;
        ensure!(!page.has("button", "Unlock without a PIN").await?, "the clock opened the lock");
        page.eval(&ran(24)).await?;
        page.press("button", "Unlock without a PIN").await?;
        page.holds("Amount", "12.50").await?;
        page.go("/settings/people").await?;
        page.cell_is("Ana Ruiz", "PIN on this device", "none").await?;
        came_in(page, "after the wait for a forgotten one").await
    })
}

/// The counter says that somebody came in, until an admin has read it; Settings go on saying it.
async fn came_in(page: &Browser, how: &str) -> Result<()> {
    page.go("/counter").await?;
    page.see("Ana Ruiz was signed in without a PIN").await?;
    page.see(how).await?;
    page.reload().await?;
    page.see(how).await?;
    let found = page.survey("came-in").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "I have read this").await?;
    page.see_no("was signed in without a PIN").await?;
    page.go("/settings/people").await?;
    page.see(how).await?;
    page.see("Read by Ana Ruiz").await
}

#[test]
fn the_recovery_code_opens_the_lock_once() -> Result<()> {
    journey("recovery-code", WIDE, async |page| {
        steps::fill_set_up(page).await?;
        let code = page.eval("document.querySelector('.recovery-code .code').textContent").await?;
        let code = code.as_str().unwrap_or_default().to_owned();
        ensure!(code.len() == 23, "{code}");
        let found = page.survey("recovery-code").await?;
        ensure!(found.is_empty(), "{found:?}");
        let stored = page.eval("JSON.stringify({...localStorage})").await?.to_string();
        ensure!(!stored.contains(&code) && !stored.contains(&code.replace('-', "")), "the code is stored");
        page.press("link", "Go to the counter").await?;
        page.find("link", "Add Order").await?;
        lock(page).await?;
        let dialog = page.within("dialog", "Locked");
        dialog.press("DisclosureTriangle", "Use the recovery code").await?;
        dialog.fill("Recovery code", "00000-00000-00000-00000").await?;
        dialog.press("button", "Unlock with the code").await?;
        dialog.see("This is not the recovery code of this device").await?;
        dialog.fill("Recovery code", &code.to_lowercase().replace('-', " ")).await?;
        dialog.press("button", "Unlock with the code").await?;
        page.lacks("dialog", "Locked").await?;
        came_in(page, "with the recovery code").await?;
        page.see("This device has no recovery code.").await?;
        page.press("button", "New recovery code").await?;
        page.within("dialog", "New recovery code").press("button", "Make a new code").await?;
        page.see("It cannot be shown again.").await?;
        page.see("This device has a recovery code.").await?;
        let again = page.eval("document.querySelector('.recovery-code .code').textContent").await?;
        ensure!(again != code.as_str(), "a new code");
        Ok(())
    })
}
