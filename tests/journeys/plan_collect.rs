//! *Collect automatically*: the customer agrees, the server charges the first instalment through the double of the card processor, and collecting
//! stops where the card is another one, and for good by one press.

use crate::steps;
use crate::sync::{UNREACHABLE, connect, with_processor};
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Double, Journey, NARROW, Size, WIDE, journey_with_endpoint};

/// A chair that was not paid.
const DAY: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira lines "Chair" 1 x 120.00 tax 20%
"#;

#[test]
fn a_plan_is_collected_with_the_customers_agreement_on_a_wide_screen() -> Result<()> {
    collected(WIDE)
}

#[test]
fn a_plan_is_collected_with_the_customers_agreement_on_a_narrow_screen() -> Result<()> {
    collected(NARROW)
}

fn collected(size: Size) -> Result<()> {
    journey_with_endpoint("plan-collect", size, async |till| {
        let double = Double::start().await?;
        till.expect_console(UNREACHABLE);
        steps::open_day_book(till, DAY).await?;
        let order = plan(till).await?;
        till.see("needs a card processor, which is not set up").await?;
        connect(till).await?;
        with_processor(till, &double).await?;
        till.go(&order).await?;
        till.see("needs a saved card, and this customer has none").await?;
        double.does(json!({"do":"save","customer":"cus_1","method":"pm_1"})).await?;
        choose_card(till).await?;
        till.go(&order).await?;
        agree(till).await?;
        // The server asks for what is due today, and the processor has it.
        till.row_ends_with("paid", &["60.00", "–"]).await?;
        till.see("Owed £60.00").await?;
        ensure!(double.charges().await?.len() == 1, "one charge");
        till.see("Collected automatically from Visa •••• 4242, 9/31.").await?;
        let found = till.survey("plan-collected").await?;
        ensure!(found.is_empty(), "{found:?}");
        stopped(till, &order).await?;
        ensure!(double.charges().await?.len() == 1, "nothing more was charged");
        Ok(())
    })
}

/// Two instalments, the first of which is due today; the address of the order.
async fn plan(till: &Journey) -> Result<String> {
    steps::find_customer(till, "Mira Patel").await?;
    till.press("link", "AI-0001").await?;
    till.find("heading", "Order AI-0001").await?;
    let order = till.path().await?;
    steps::choose_of_page(till, "AI-0001", "Plan payments").await?;
    let dialog = till.within("dialog", "Plan the payments of AI-0001: £120.00");
    dialog.fill("Equal instalments, a month apart", "2").await?;
    dialog.press("button", "Fill in").await?;
    dialog.press("button", "Save the plan").await?;
    till.see("The payments of AI-0001 are planned.").await?;
    Ok(order)
}

/// The cards are read at the processor by the server.
async fn choose_card(till: &Journey) -> Result<()> {
    edit(till).await?;
    till.press("button", "Show the saved cards").await?;
    till.see("Enter the customer id first").await?;
    till.fill("Customer id", "cus_9").await?;
    till.press("button", "Show the saved cards").await?;
    till.see("The card processor does not know this customer.").await?;
    till.fill("Customer id", "cus_1").await?;
    till.press("button", "Show the saved cards").await?;
    let found = till.survey("saved-cards").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press("button", "Use Visa •••• 4242, 9/31").await?;
    till.holds("Payment method id", "pm_1").await?;
    till.press("button", "Save").await?;
    till.press("tab", "Details").await?;
    till.see("Visa •••• 4242, 9/31").await
}

async fn edit(till: &Journey) -> Result<()> {
    steps::find_customer(till, "Mira Patel").await?;
    till.press("tab", "Details").await?;
    till.press("link", "Edit").await
}

async fn save_card(till: &Journey, method: &str, shown: &str) -> Result<()> {
    edit(till).await?;
    till.fill("Payment method id", method).await?;
    till.fill("Shown as", shown).await?;
    till.press("button", "Save").await?;
    till.press("tab", "Details").await?;
    till.see(shown).await
}

/// Nothing is switched on without the tick, and two presses switch it on once.
async fn agree(till: &Journey) -> Result<()> {
    till.press("button", "Collect automatically").await?;
    let dialog = till.within("dialog", "Collect the instalments of AI-0001");
    let before = till.entry_count().await?;
    dialog.fill("Notice by mail, days before", "31").await?;
    dialog.press("button", "Collect automatically").await?;
    let problems = dialog.within("alert", "There are 2 problems");
    problems.see("Ask the customer, then tick the box").await?;
    problems.see("Enter a number from 0 to 30").await?;
    let found = till.survey("plan-collect").await?;
    ensure!(found.is_empty(), "{found:?}");
    ensure!(till.entry_count().await? == before, "recorded without the customer's agreement");
    dialog.fill("Notice by mail, days before", "3").await?;
    dialog.press("checkbox", "The customer agrees").await?;
    dialog.press_twice("button", "Collect automatically").await?;
    till.see("The instalments of AI-0001 are collected automatically.").await
}

/// With another card the server stops, and says so on the counter; one press ends it.
async fn stopped(till: &Journey, order: &str) -> Result<()> {
    save_card(till, "pm_2", "Visa 1881").await?;
    till.go("/counter").await?;
    till.see("Plan has stopped collecting").await?;
    till.go(order).await?;
    till.see("The saved card is no longer the one that the customer agreed to.").await?;
    let found = till.survey("plan-stopped").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press("button", "Stop collecting").await?;
    till.see("The instalments of AI-0001 are no longer collected.").await?;
    till.go("/counter").await?;
    till.see_no("Plan has stopped collecting").await
}
