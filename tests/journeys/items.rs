//! Items: added, typed ahead in an order line, read by a barcode reader that types; quantities with decimals, discounts.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, WIDE, journey};

/// Adds an item with tax of 20 % included.
pub async fn add(page: &Browser, name: &str, price: &str, code: &str) -> Result<()> {
    page.fill("Name", name).await?;
    page.fill("Price", price).await?;
    page.fill("Code", code).await?;
    page.choose("Tax", "Tax included").await?;
    page.fill("Tax rate in percent", "20").await?;
    page.press("button", "Add Item").await?;
    page.find("rowheader", name).await.map(drop)
}

#[test]
fn items_are_typed_ahead_and_read_by_a_barcode_reader() -> Result<()> {
    journey("items", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/settings/items").await?;
        page.see("No items yet.").await?;
        add(page, "Chain oil", "8.50", "5012345678900").await?;
        add(page, "Inner tube", "6.00", "4006381333931").await?;
        page.fill("Name", "Other oil").await?;
        page.fill("Code", "5012345678900").await?;
        page.press("button", "Add Item").await?;
        page.see("Another item has this code.").await?;
        page.fill("Code", "").await?;
        page.press("button", "Add Item").await?;
        page.see("3 items").await?;

        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        page.type_into("Item", "tub").await?;
        page.press("option", "Inner tube").await?;
        page.holds("Unit price", "6.00").await?;
        page.press("button", "Add line").await?;
        // The reader types the code and Enter, twice: one line with two, and a blank one for the next code.
        for _ in 0..2 {
            page.type_text("5012345678900").await?;
            page.press_keys("Enter").await?;
        }
        page.see("23.00").await?;
        page.type_text("9999999999999").await?;
        page.press_keys("Enter").await?;
        page.see("No item has the code 9999999999999.").await?;
        page.press("button", "Remove line 3").await?;
        page.fill("Discount on the whole order", "10 %").await?;
        page.see("20.70").await?;
        let before = page.entry_count().await?;
        page.press("button", "Place Order").await?;
        page.see("Order AI-0001 of £20.70 placed").await?;
        ensure!(page.entry_count().await? == before + 1, "one order");
        page.press("link", "Open order AI-0001").await?;
        page.row_ends_with("Chain oil", &["2", "8.50", "20 %", "15.30"]).await?;
        page.find("columnheader", "Price, gross").await?;
        page.find("columnheader", "Amount, gross").await.map(drop)
    })
}

#[test]
fn an_item_is_changed_and_withdrawn_and_quantities_have_decimals() -> Result<()> {
    journey("items-changed", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/settings/items").await?;
        add(page, "Chain oil", "20.00", "501234").await?;
        add(page, "Bell", "9.00", "").await?;
        page.press("button", "Actions for Chain oil").await?;
        page.press("menuitem", "Change").await?;
        page.holds("Price", "20.00").await?;
        page.fill("Price", "24.00").await?;
        page.press("button", "Save the item").await?;
        page.see("£24.00 with 20 %").await?;
        page.press("button", "Actions for Bell").await?;
        page.press("menuitem", "Withdraw").await?;
        page.see("withdrawn").await?;

        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        page.type_into("Item", "Be").await?;
        page.lacks("option", "Bell").await?;
        page.type_into("Item", "chain").await?;
        page.press("option", "Chain oil").await?;
        page.fill("Quantity", "0.350").await?;
        page.fill("Discount", "0.40").await?;
        page.press("button", "Place Order").await?;
        page.see("Order AI-0001 of £8.00 placed").await
    })
}
