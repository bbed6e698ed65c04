//! The day's work of a bicycle shop, from an empty browser to the sealed day, without leaving the keyboard.

use crate::keyboard::{open_the_shop, press, put};
use anyhow::Result;
use tests::{BANK, Browser, CARD, DRAWER, Said, WIDE, journey};

#[test]
fn a_day_of_a_bicycle_shop_without_leaving_the_keyboard() -> Result<()> {
    journey("working-day", WIDE, async |page| {
        page.go("/").await?;
        open_the_shop(page).await?;
        set_the_shop(page).await?;
        sell_to_a_customer(page).await?;
        sell_to_a_walk_in(page).await?;
        count_the_drawer(page).await?;
        seal_the_day(page).await
    })
}

/// Tax, a bank account and two items.
async fn set_the_shop(page: &Browser) -> Result<()> {
    press(page, "link", "Settings").await?;
    press(page, "link", "Tax and rounding").await?;
    put(page, "Tax rates in percent", "20").await?;
    page.press_keys("Enter").await?;
    page.see("Saved.").await?;
    press(page, "link", "Bank accounts and methods").await?;
    put(page, "Name of the account", "Current").await?;
    page.press_keys("Enter").await?;
    page.find("rowheader", "Current default").await?;
    press(page, "link", "Items").await?;
    for (name, price, code) in [("Chain oil", "8.50", "5012345678900"), ("Full service", "60.00", "")] {
        put(page, "Name", name).await?;
        put(page, "Price", price).await?;
        put(page, "Code", code).await?;
        page.press_keys("Enter").await?;
        page.find("rowheader", name).await?;
    }
    Ok(())
}

/// A service, and oil that the barcode reader reads; part of it is paid by card, the rest in cash.
async fn sell_to_a_customer(page: &Browser) -> Result<()> {
    press(page, "link", "Customers").await?;
    press(page, "link", "Add Customer").await?;
    put(page, "Name", "Mira Patel").await?;
    page.press_keys("Enter").await?;
    page.find("heading", "Mira Patel").await?;
    page.press_keys("o").await?;
    page.tab_to("combobox", "Item").await?;
    page.type_text("full").await?;
    page.find("option", "Full service").await?;
    page.press_keys("Down").await?;
    page.press_keys("Enter").await?;
    page.holds("Unit price", "60.00").await?;
    press(page, "button", "Add line").await?;
    page.type_text("5012345678900").await?;
    page.press_keys("Enter").await?;
    page.press_keys("Control+Enter").await?;
    page.see("Order AI-0001 of £68.50 placed").await?;

    page.press_keys("p").await?;
    put(page, "Amount", "40.00").await?;
    page.tab_to("combobox", "Payment Type").await?;
    page.type_text("Card").await?;
    let money = page.money_before().await?;
    page.press_keys("Control+Enter").await?;
    page.see("of £40.00 recorded").await?;
    money.adds_up(page, Said::Take(CARD, "40.00")).await?;
    press(page, "link", "Back to order AI-0001").await?;
    page.find("heading", "Order AI-0001").await?;
    page.press_keys("p").await?;
    page.find("heading", "Add Payment").await?;
    let money = page.money_before().await?;
    page.press_keys("Control+Enter").await?;
    page.see("of £28.50 recorded").await?;
    money.adds_up(page, Said::Take(DRAWER, "28.50")).await
}

/// A tube over the counter, without a name.
async fn sell_to_a_walk_in(page: &Browser) -> Result<()> {
    press(page, "link", "Counter").await?;
    page.find("link", "Add Order").await?;
    press(page, "link", "Enter a Payment").await?;
    press(page, "button", "Walk-in").await?;
    put(page, "What was sold", "Inner tube").await?;
    put(page, "Amount", "6.00").await?;
    let money = page.money_before().await?;
    page.press_keys("Control+Enter").await?;
    page.see("of £6.00 recorded").await?;
    money.adds_up(page, Said::Take(DRAWER, "6.00")).await
}

/// What is in the drawer agrees, and the notes go to the bank.
async fn count_the_drawer(page: &Browser) -> Result<()> {
    press(page, "link", "Drawer and banks").await?;
    page.row_ends_with("Drawer A", &["34.50"]).await?;
    put(page, "Cash counted", "34.50").await?;
    page.press_keys("Enter").await?;
    page.see("£34.50 counted. It agrees.").await?;
    put(page, "Amount", "30.00").await?;
    let money = page.money_before().await?;
    page.press_keys("Enter").await?;
    page.see("£30.00 moved from Drawer A to Current.").await?;
    money.moved(page, &[(DRAWER, -3_000), (BANK, 3_000)]).await
}

async fn seal_the_day(page: &Browser) -> Result<()> {
    let money = page.money_before().await?;
    press(page, "button", "Seal the day").await?;
    page.full_name("dialog", "Seal ").await?;
    press(page, "button", "Seal the day").await?;
    page.see("is sealed. New entries count from").await?;
    money.moved(page, &[]).await
}
