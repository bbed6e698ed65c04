//! From the first start to a settled refund without a mouse; exchange, pay-out and corrections too.

use crate::steps::OWED_AFTER;
use anyhow::{Result, bail};
use tests::{Browser, DRAWER, Said, WIDE, journey};

#[test]
fn everything_from_set_up_to_refund_works_with_the_keyboard_alone() -> Result<()> {
    journey("keyboard", WIDE, async |page| {
        page.go("/").await?;
        shop_and_customer(page).await?;
        order(page).await?;
        payment(page).await?;
        refund(page).await
    })
}

#[test]
fn exchange_pay_out_and_corrections_work_with_the_keyboard_alone() -> Result<()> {
    journey("keyboard-corrections", WIDE, async |page| {
        page.go("/").await?;
        shop_and_customer(page).await?;
        order(page).await?;
        page.press_keys("p").await?;
        put(page, "Amount", "150.00").await?;
        page.press_keys("Control+Enter").await?;
        page.see("of £150.00 recorded").await?;
        exchange(page).await?;
        pay_out(page).await?;
        give_and_reverse_credit(page).await?;
        reverse_payment(page).await
    })
}

/// The service is exchanged for a dearer one, and the difference is taken in cash.
async fn exchange(page: &Browser) -> Result<()> {
    press(page, "link", "Back to order AI-0001").await?;
    page.find("heading", "Order AI-0001").await?;
    item(page, "Actions for AI-0001", "Exchange").await?;
    page.find("heading", "Exchange").await?;
    put(page, "Item", "Service and chain").await?;
    put(page, "Unit price", "140.00").await?;
    let money = page.money_before().await?;
    page.press_keys("Control+Enter").await?;
    page.full_name("dialog", "Exchange goods of order AI-0001").await?;
    press(page, "button", "Exchange").await?;
    page.see("Exchanged: order AI-0002 is placed").await?;
    page.see("£20.00 was taken for the difference.").await?;
    money.adds_up(page, Said::Take(DRAWER, "20.00")).await
}

/// The overpayment is paid out and handed over; the account shows it, with the new row marked.
async fn pay_out(page: &Browser) -> Result<()> {
    press(page, "link", "Go to Mira Patel").await?;
    press(page, "link", "Refund O/S").await?;
    page.tab_to("combobox", "Refund method").await?;
    page.type_text("Cash").await?;
    let credit = page.full_name("checkbox", "Overpayment AP-0001").await?;
    back_to(page, "checkbox", &credit).await?;
    page.press_keys("Space").await?;
    let money = page.money_before().await?;
    page.press_keys("Control+Enter").await?;
    page.find("dialog", "Are you sure you want to create a new refund?").await?;
    press(page, "button", "Yes").await?;
    page.see("Refund AR-0001 of £30.00 recorded").await?;
    page.find("heading", "Mira Patel").await?;
    money.adds_up(page, Said::HandOver(DRAWER, "30.00")).await?;
    press(page, "button", "Handed over").await?;
    page.see("Refund AR-0001 of £30.00 is paid and complete").await
}

async fn give_and_reverse_credit(page: &Browser) -> Result<()> {
    let money = page.money_before().await?;
    page.press_keys("c").await?;
    page.find("heading", "Add Credit").await?;
    put(page, "Amount", "5.00").await?;
    page.tab_to("combobox", "Reason").await?;
    page.type_text("Good").await?;
    page.press_keys("Control+Enter").await?;
    page.find("dialog", "Give Mira Patel credit of £5.00?").await?;
    press(page, "button", "Add Credit").await?;
    press(page, "link", "Go to Mira Patel").await?;
    page.find("heading", "Mira Patel").await?;
    press(page, "tab", "Credits").await?;
    item(page, "Actions for AC-0002", "Reverse Credit").await?;
    page.full_name("dialog", "Reverse credit AC-0002").await?;
    press(page, "button", "Reverse Credit").await?;
    page.see("£5.00 of credit AC-0002 is reversed.").await?;
    money.adds_up(page, Said::NoMoney).await
}

async fn reverse_payment(page: &Browser) -> Result<()> {
    page.tab_to("tab", "Credits").await?;
    page.press_keys("Left").await?;
    press(page, "link", "AP-0002").await?;
    let money = page.money_before().await?;
    press(page, "button", "Reverse payment").await?;
    page.full_name("dialog", "Reverse payment AP-0002").await?;
    put(page, "Reason", "Counted wrong").await?;
    press(page, "button", "Reverse payment").await?;
    page.see("reversed").await?;
    money.adds_up(page, Said::NotReceived(DRAWER, "20.00")).await
}

/// Opens a menu and goes down to one of its items.
async fn item(page: &Browser, menu: &str, item: &str) -> Result<()> {
    press(page, "button", menu).await?;
    page.find("menuitem", item).await?;
    for _ in 0..MOST_ITEMS {
        if page.focused("menuitem", item).await? {
            return page.press_keys("Enter").await;
        }
        page.press_keys("Down").await?;
    }
    bail!("the arrow does not reach “{item}” of “{menu}”")
}

/// Moves back to an element with Shift and Tab.
async fn back_to(page: &Browser, role: &str, name: &str) -> Result<()> {
    for _ in 0..MOST_ITEMS {
        if page.focused(role, name).await? {
            return Ok(());
        }
        page.press_keys("Shift+Tab").await?;
    }
    bail!("Shift and Tab do not reach {role} “{name}”")
}

/// More than a menu or a short form has.
const MOST_ITEMS: usize = 20;

/// Sets up a shop, and goes to its counter.
pub async fn open_the_shop(page: &Browser) -> Result<()> {
    press(page, "button", "Set up this shop").await?;
    put(page, "Shop name", "Harbour Cycles").await?;
    page.tab_to("combobox", "Currency").await?;
    page.type_text("British").await?;
    put(page, "Your name", "Ana Ruiz").await?;
    put(page, "PIN", "4711").await?;
    page.press_keys("Enter").await?;
    press(page, "link", "Go to the counter").await?;
    page.find("link", "Add Order").await.map(drop)
}

async fn shop_and_customer(page: &Browser) -> Result<()> {
    open_the_shop(page).await?;
    press(page, "link", "Customers").await?;
    press(page, "link", "Add Customer").await?;
    put(page, "Name", "Mira Patel").await?;
    page.press_keys("Enter").await?;
    page.find("heading", "Mira Patel").await?;

    page.press_keys("/").await?;
    page.type_text("mira").await?;
    page.find("option", "Mira Patel").await?;
    page.press_keys("Enter").await?;
    page.find("heading", "Mira Patel").await.map(drop)
}

async fn order(page: &Browser) -> Result<()> {
    page.press_keys("o").await?;
    put(page, "Item", "Full service").await?;
    put(page, "Unit price", "120.00").await?;
    page.press_keys("Control+Enter").await?;
    press(page, "link", "Open order AI-0001").await?;
    page.find("heading", "Order AI-0001").await.map(drop)
}

async fn payment(page: &Browser) -> Result<()> {
    page.press_keys("p").await?;
    put(page, "Amount", "50.00").await?;
    let money = page.money_before().await?;
    page.press_keys("Control+Enter").await?;
    page.row_ends_with("Mira Patel owes", &["120.00", "70.00"]).await?;
    money.adds_up(page, Said::Take(DRAWER, "50.00")).await?;
    press(page, "link", "Back to order AI-0001").await
}

async fn refund(page: &Browser) -> Result<()> {
    page.find("heading", "Order AI-0001").await?;
    page.press_keys("r").await?;
    let payment = page.full_name("checkbox", "Payment AP-0001 in cash").await?;
    page.tab_to("checkbox", &payment).await?;
    page.press_keys("Space").await?;
    page.tab_to("combobox", "Reason").await?;
    page.type_text("Ret").await?;
    press(page, "button", "Next").await?;
    put(page, OWED_AFTER, "0.00").await?;
    page.press_keys("Control+Enter").await?;
    let money = page.money_before().await?;
    press(page, "button", "Record refund").await?;
    page.see("of £50.00 recorded").await?;
    money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
    page.press_keys("Escape").await?;
    Ok(())
}

/// Moves to a field with Tab and replaces its text.
pub async fn put(page: &Browser, label: &str, text: &str) -> Result<()> {
    page.tab_to("textbox", label).await?;
    page.press_keys("Control+a").await?;
    page.type_text(text).await
}

/// Moves to a link or a button with Tab and presses Enter.
pub async fn press(page: &Browser, role: &str, name: &str) -> Result<()> {
    page.tab_to(role, name).await?;
    page.press_keys("Enter").await
}
