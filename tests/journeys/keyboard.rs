//! From the first start to a settled refund without a mouse.

use crate::steps::OWED_AFTER;
use anyhow::Result;
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
