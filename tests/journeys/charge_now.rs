//! *Credit card (charge now)* and *Payment link*: a saved card is charged, or the customer pays on the processor's page, through the shop's
//! server and the double of the card processor. Nothing is called paid before it is.

use crate::steps;
use crate::sync::{UNREACHABLE, connect, exchanged, with_processor};
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Double, Journey, WIDE, journey_with_endpoint};

/// A chair that was not paid.
const DAY: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira lines "Chair" 1 x 120.00 tax 20%
"#;

const CHARGE: &str = "Credit card (charge now)";

const LINK: &str = "Payment link";

const SAVE: &str = "Save the card for later charges";

#[test]
fn a_saved_card_is_charged_once_declined_and_to_be_approved() -> Result<()> {
    journey_with_endpoint("charge-now", WIDE, async |till| {
        let double = Double::start().await?;
        till.expect_console(UNREACHABLE);
        steps::open_day_book(till, DAY).await?;
        add_payment(till).await?;
        till.see(&format!("{CHARGE}: needs a card processor, which is not set up")).await?;
        till.see(&format!("{LINK}: needs a card processor, which is not set up")).await?;
        connect(till).await?;
        with_processor(till, &double).await?;
        add_payment(till).await?;
        till.see(&format!("{CHARGE}: needs a saved card, and this customer has none")).await?;
        by_link(till, &double).await?;
        save_card(till).await?;
        charged(till, &double).await?;
        found_by_a_person(till, &double).await?;
        not_charged(till, &double).await?;
        offline(till).await
    })
}

async fn add_payment(till: &Journey) -> Result<()> {
    steps::find_customer(till, "Mira Patel").await?;
    till.press("link", "Add Payment").await?;
    till.find("combobox", "Payment Type").await.map(drop)
}

/// A customer without a saved card: links are made once, canceled, and paid on the processor's page.
async fn by_link(till: &Journey, double: &Double) -> Result<()> {
    ask_link(till, "30.00").await?;
    till.see("£30.00 by payment link, not yet paid").await?;
    till.find("image", "QR code with the link").await?;
    till.see("https://checkout.example/c/pay/").await?;
    till.see("Valid until").await?;
    let found = till.survey("payment-link").await?;
    ensure!(found.is_empty(), "{found:?}");
    ensure!(double.links().await? == ["open"], "one link");
    let before = till.entry_count().await?;
    till.press_twice("button", "Cancel link").await?;
    till.see("£30.00: the payment link is canceled").await?;
    ensure!(till.entry_count().await? == before + 2, "canceled once, and once said so");
    ensure!(double.links().await? == ["expired"], "closed at the processor");
    let found = till.survey("payment-link-canceled").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press("link", "Try again").await?;
    till.see("A code appears that the customer scans").await?;
    till.fill("Amount", "10.00").await?;
    till.press("button", "Apply Payment").await?;
    till.see("£10.00 by payment link, not yet paid").await?;
    // A second payment of the order is warned of.
    add_payment(till).await?;
    till.see("of £10.00 is not yet paid. It is canceled once this payment is recorded.").await?;
    steps::find_customer(till, "Mira Patel").await?;
    till.press("tab", "Payments").await?;
    till.find("heading", "Card charges and payment links").await?;
    till.find("button", "Copy").await?;
    let found = till.survey("payment-links").await?;
    ensure!(found.is_empty(), "{found:?}");
    // The customer pays on the processor's page, at which the endpoint looks every ten seconds.
    double.does(json!({"do":"checkout"})).await?;
    till.see_no("by payment link, not yet paid").await?;
    till.cell_is("P-0002", "Amount", "10.00").await?;
    ensure!(double.links().await? == ["expired", "complete"], "paid once");
    Ok(())
}

#[test]
fn a_payment_link_saves_the_card_with_which_it_is_paid() -> Result<()> {
    journey_with_endpoint("link-saves-card", WIDE, async |till| {
        let double = Double::start().await?;
        till.expect_console(UNREACHABLE);
        steps::open_day_book(till, DAY).await?;
        connect(till).await?;
        with_processor(till, &double).await?;
        add_payment(till).await?;
        till.lacks("checkbox", SAVE).await?;
        till.choose("Payment Type", LINK).await?;
        ensure!(!till.checked(SAVE).await?, "nothing is saved without a tick");
        till.check(SAVE).await?;
        till.fill("Amount", "30.00").await?;
        let found = till.survey("payment-link-saves").await?;
        ensure!(found.is_empty(), "{found:?}");
        till.press_twice("button", "Apply Payment").await?;
        till.see("£30.00 by payment link, not yet paid").await?;
        let before = till.entry_count().await?;
        double.does(json!({"do":"checkout"})).await?;
        till.see_no("by payment link, not yet paid").await?;
        ensure!(till.entry_count().await? == before + 2, "the payment, and the card");
        // The card can be charged without an id to be copied; a second one is not offered.
        add_payment(till).await?;
        till.choose("Payment Type", LINK).await?;
        till.lacks("checkbox", SAVE).await?;
        till.choose("Payment Type", CHARGE).await?;
        till.see("Visa •••• 4242, 9/31 is charged at once.").await?;
        till.fill("Amount", "50.00").await?;
        till.press_twice("button", "Apply Payment").await?;
        till.see("of £50.00 recorded").await?;
        ensure!(double.charges().await?.len() == 2, "charged once, beside the payment by link");
        Ok(())
    })
}

async fn ask_link(till: &Journey, amount: &str) -> Result<()> {
    add_payment(till).await?;
    till.choose("Payment Type", LINK).await?;
    till.see("A code appears that the customer scans").await?;
    till.lacks("textbox", "Reference").await?;
    till.fill("Amount", amount).await?;
    till.press_twice("button", "Apply Payment").await
}

/// Ids of the processor are saved; a number of a card never is.
async fn save_card(till: &Journey) -> Result<()> {
    steps::find_customer(till, "Mira Patel").await?;
    till.press("tab", "Details").await?;
    till.press("link", "Edit").await?;
    till.find("heading", "Saved card").await?;
    till.fill("Customer id", "cus_1").await?;
    till.fill("Payment method id", "4242 4242 4242 4242").await?;
    till.fill("Shown as", "Visa 4242, 9/31").await?;
    till.press("button", "Save").await?;
    till.within("alert", "There is a problem").see("card number").await?;
    till.fill("Payment method id", "4242").await?;
    till.see("it begins with pm_").await?;
    till.fill("Payment method id", "pm_1").await?;
    let found = till.survey("saved-card").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press("button", "Save").await?;
    till.press("tab", "Details").await?;
    till.see("Visa 4242, 9/31").await
}

async fn save(double: &Double, outcome: &str) -> Result<()> {
    double.does(json!({"do":"save","customer":"cus_1","method":"pm_1","outcome":outcome})).await.map(drop)
}

async fn charged(till: &Journey, double: &Double) -> Result<()> {
    save(double, "succeeded").await?;
    add_payment(till).await?;
    till.choose("Payment Type", CHARGE).await?;
    till.see("Visa 4242, 9/31 is charged at once.").await?;
    till.lacks("textbox", "Reference").await?;
    till.fill("Amount", "50.00").await?;
    let found = till.survey("charge-now").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press_twice("button", "Apply Payment").await?;
    till.see("P-0003 of £50.00 recorded").await?;
    let text = till.text().await?;
    let number = text.split_whitespace().find(|word| word.ends_with("P-0003")).unwrap_or_default().to_owned();
    ensure!(double.charges().await?.len() == 2, "charged once, beside the payment by link");
    // It is a payment that was taken online, with the processor's number.
    steps::find_customer(till, "Mira Patel").await?;
    till.press("tab", "Payments").await?;
    till.press("link", &number).await?;
    till.find("heading", &format!("Payment {number}")).await?;
    till.see("pi_").await?;
    till.press("button", "Refund").await?;
    till.press("menuitem", "Issue Online Refund").await?;
    till.find("heading", "Refund Payment").await?;
    ensure!(till.checked("Online").await?, "Online is not chosen");
    Ok(())
}

/// What the processor's answer leaves open, a person looks up there, and says what it was.
async fn found_by_a_person(till: &Journey, double: &Double) -> Result<()> {
    till.go("/counter").await?;
    till.see_no("Look up a card charge").await?;
    for (amount, answer, question) in [
        ("5.00", "It was charged", "Was the customer charged?"),
        ("6.00", "It was not charged", "Was the customer not charged?"),
    ] {
        double.does(json!({"do":"fault","on":"POST /v1/payment_intents","fault":"wrong-amount"})).await?;
        add_payment(till).await?;
        till.choose("Payment Type", CHARGE).await?;
        till.fill("Amount", amount).await?;
        till.press("button", "Apply Payment").await?;
        let title = format!("£{amount} needs a person");
        till.see(&title).await?;
        till.go("/counter").await?;
        till.see("Look up a card charge").await?;
        let found = till.glance("charge-to-do").await?;
        ensure!(found.is_empty(), "{found:?}");
        till.press("link", "Review").await?;
        till.see("The charge at the card processor differs from this one.").await?;
        till.press("button", answer).await?;
        let before = till.entry_count().await?;
        till.within("dialog", question).press_twice("button", answer).await?;
        till.see_no(&title).await?;
        ensure!(till.entry_count().await? == before + 1, "{answer}: recorded once");
    }
    till.see("£6.00 declined").await?;
    till.see("It was looked up at the card processor: it was not charged.").await?;
    till.go("/counter").await?;
    till.see("Card charge or payment link not paid").await
}

async fn not_charged(till: &Journey, double: &Double) -> Result<()> {
    save(double, "insufficient_funds").await?;
    add_payment(till).await?;
    till.choose("Payment Type", CHARGE).await?;
    till.fill("Amount", "20.00").await?;
    till.press("button", "Apply Payment").await?;
    till.see("£20.00 declined").await?;
    till.see("there is not enough money on the card").await?;
    let found = till.survey("charge-declined").await?;
    ensure!(found.is_empty(), "{found:?}");
    // Under way it is never called paid, and a second charge of the order warns.
    save(double, "processing").await?;
    till.press("link", "Try again").await?;
    till.see("Visa 4242, 9/31 is charged at once.").await?;
    till.fill("Amount", "20.00").await?;
    till.press("button", "Apply Payment").await?;
    till.see("£20.00 asked, not yet paid").await?;
    till.see("The bank has not confirmed it yet.").await?;
    add_payment(till).await?;
    till.see(" and is not yet paid").await?;
    save(double, "approve").await?;
    till.choose("Payment Type", CHARGE).await?;
    till.fill("Amount", "10.00").await?;
    till.press("button", "Apply Payment").await?;
    till.see("£10.00: the customer must approve").await?;
    let charges = double.charges().await?;
    let statuses: Vec<_> =
        charges.iter().map(|charge| charge["status"].as_str().unwrap_or_default()).collect();
    ensure!(
        statuses
            == ["succeeded", "succeeded", "succeeded", "succeeded", "canceled", "processing", "canceled"],
        "{statuses:?}"
    );
    steps::find_customer(till, "Mira Patel").await?;
    till.press("tab", "Payments").await?;
    till.find("heading", "Card charges and payment links").await?;
    till.see("£20.00 asked, not yet paid").await?;
    let found = till.survey("card-charges").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press("link", "Take it another way").await?;
    till.find("combobox", "Payment Type").await?;
    till.press("button", "Apply Payment").await?;
    till.see("recorded").await
}

/// Without the server nothing is charged, and nothing waits for it.
async fn offline(till: &mut Journey) -> Result<()> {
    steps::find_customer(till, "Mira Patel").await?;
    till.press("link", "Add Payment").await?;
    till.choose("Payment Type", CHARGE).await?;
    till.server.stop().await?;
    till.see(&format!("{CHARGE}: needs the network")).await?;
    till.see(&format!("{LINK}: needs the network")).await?;
    till.fill("Amount", "5.00").await?;
    till.press("button", "Apply Payment").await?;
    till.within("alert", "There is a problem").see("the shop’s server is not reached").await?;
    till.server.resume().await?;
    exchanged(till).await
}
