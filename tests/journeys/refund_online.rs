//! A payment that was taken online: *Online* says why it is not possible, and a refund that was issued at the processor is
//! recorded with its reference; with a key of a card processor the shop's server sends refunds.

use crate::steps;
use crate::sync::{UNREACHABLE, connect, exchanged, invite, join, restart};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{
    Browser, CARD, Double, Journey, NARROW, Said, Size, WIDE, journey, journey_with_endpoint, until,
};

/// A chair was paid online.
const DAY: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira lines "Chair" 1 x 120.00 tax 20%
pay P-1 mira 50.00 online to O-1
"#;

#[test]
fn a_refund_issued_at_the_processor_is_recorded_with_its_reference_on_a_wide_screen() -> Result<()> {
    issued(WIDE)
}

#[test]
fn a_refund_issued_at_the_processor_is_recorded_with_its_reference_on_a_narrow_screen() -> Result<()> {
    issued(NARROW)
}

fn issued(size: Size) -> Result<()> {
    journey("issued", size, async |page| {
        steps::open_day_book(page, DAY).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Payments").await?;
        page.press("link", "AP-0001").await?;
        page.find("heading", "Payment AP-0001").await?;
        page.press("button", "Refund").await?;
        page.press("menuitem", "Issue Online Refund").await?;
        page.see("It needs card processing at the endpoint, which is not set up.").await?;
        page.press("button", "Refund").await?;
        page.press("menuitem", "Record offline refund").await?;
        page.find("heading", "Refund Payment").await?;

        // The payment is marked already, and Manual is the only way.
        page.see("It needs card processing at the endpoint, which is not set up.").await?;
        ensure!(page.checked("Manual").await?, "Manual is not chosen");
        page.see("A manual refund records the refund and moves no money.").await?;
        page.find("combobox", "Refund method").await?;
        page.check("Already issued at the processor").await?;
        page.lacks("combobox", "Refund method").await?;
        let found = page.survey("refund-issued").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.fill("Amount of AP-0001", "30.00").await?;
        page.choose("Reason", "Returned goods").await?;
        page.press("button", "Next").await?;
        page.within("alert", "There is a problem")
            .see("Enter the number of the refund at the processor")
            .await?;
        page.fill("Reference", "RX-77").await?;
        page.press("button", "Next").await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press_twice("button", "Record refund").await?;
        page.see("of £30.00 recorded").await?;
        page.see("Issued at the processor, reference RX-77. Nothing is to be handed over.").await?;
        ensure!(page.entry_count().await? == before + 2, "one refund, handed over by the processor");
        // Neither the drawer nor a bank account moves.
        money.adds_up(page, Said::HandOver(CARD, "30.00")).await?;
        page.go("/refunds").await?;
        page.see("No open refunds").await
    })
}

/// The same, with the number of the payment at the processor.
const KNOWN: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira lines "Chair" 1 x 120.00 tax 20%
pay P-1 mira 50.00 online to O-1 reference "pi_1"
"#;

#[test]
fn an_online_refund_is_sent_once_back_online_locks_its_payment_and_can_be_sent_back() -> Result<()> {
    journey_with_endpoint("online-refund", WIDE, async |till| {
        let (double, profile) = (Double::start().await?, tempfile::tempdir()?);
        double.pay("pi_1", 5_000).await?;
        double.does(json!({"do":"next","status":"pending"})).await?;
        steps::open_day_book(till, KNOWN).await?;
        connect(till).await?;
        let code = invite(till).await?;
        till.server.set_gateway(double.address());
        let workshop = till.another(profile.path()).await?;
        join(&workshop, &code, "B").await?;
        let outcome = async {
            sent_and_sent_back(till, &workshop, &double).await?;
            made_elsewhere(till, &workshop, &double).await?;
            taken_back(till, &double).await?;
            disputed(till, &workshop, &double).await
        };
        let outcome = outcome.await;
        match outcome {
            Ok(()) => workshop.close().await,
            Err(why) => {
                let seen = workshop.text().await.unwrap_or_default();
                workshop.quit().await?;
                Err(why.context(seen))
            }
        }
    })
}

/// Opens the page of the only payment.
async fn open_payment(page: &Browser) -> Result<()> {
    steps::find_customer(page, "Mira Patel").await?;
    page.press("tab", "Payments").await?;
    page.press("link", "AP-0001").await?;
    page.find("heading", "Payment AP-0001").await.map(drop)
}

async fn sent_and_sent_back(till: &mut Journey, workshop: &Browser, double: &Double) -> Result<()> {
    till.offline_ready().await?;
    workshop.offline_ready().await?;
    for page in [&**till, workshop] {
        page.expect_console(UNREACHABLE);
    }
    restart(till).await?;
    exchanged(till).await?;
    open_payment(till).await?;
    till.press("button", "Refund").await?;
    till.press("menuitem", "Issue Online Refund").await?;
    till.find("heading", "Refund Payment").await?;
    ensure!(till.checked("Online").await?, "Online is not chosen");
    till.lacks("combobox", "Refund method").await?;
    till.fill("Amount of AP-0001", "30.00").await?;
    till.choose("Reason", "Returned goods").await?;
    let found = till.survey("refund-online").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press("button", "Next").await?;
    till.press("button", "Same as now").await?;
    till.press("button", "Next").await?;
    till.see("Pending until the card processor has paid it").await?;

    // Without the server it is kept, and no screen says that the customer has the money.
    till.server.stop().await?;
    let before = till.entry_count().await?;
    till.press_twice("button", "Issue refund").await?;
    till.see("of £30.00 issued").await?;
    till.see("will be sent when back online").await?;
    ensure!(till.entry_count().await? == before + 1, "one refund");

    // Back online it is sent, once, and locks its payment on the other counter.
    till.server.resume().await?;
    till.see("with the bank").await?;
    ensure!(double.refunds().await?.len() == 1, "sent once");
    exchanged(till).await?;
    open_payment(till).await?;
    till.see("with the bank").await?;
    exchanged(workshop).await?;
    open_payment(workshop).await?;
    workshop.see("with the bank").await?;
    workshop.see("A refund of this payment is still pending.").await?;
    let found = workshop.survey("payment-with-the-bank").await?;
    ensure!(found.is_empty(), "{found:?}");
    workshop.go("/refunds").await?;
    workshop.see("The bank has not confirmed it yet").await?;
    let found = workshop.survey("refunds-with-the-bank").await?;
    ensure!(found.is_empty(), "{found:?}");

    // The bank pays, and takes it back later: the amount is on the account again.
    double.settle("succeeded").await?;
    restart(till).await?;
    exchanged(till).await?;
    open_payment(till).await?;
    till.see("done").await?;
    double.settle("failed").await?;
    restart(till).await?;
    exchanged(workshop).await?;
    open_payment(workshop).await?;
    workshop.see("sent back").await?;
    workshop.find("button", "Refund").await?;
    ensure!(double.refunds().await?.len() == 1, "never sent again");
    // The owner has a task until the money is paid in another way.
    workshop.go("/counter").await?;
    workshop.see("Refund sent back: the customer does not have the money").await?;
    let found = workshop.survey("counter-sent-back").await?;
    ensure!(found.is_empty(), "{found:?}");
    exchanged(till).await
}

/// A person refunds on the processor's own page: both counters see it, and record it with one press each while the server is away. It is one
/// refund.
async fn made_elsewhere(till: &mut Journey, workshop: &Browser, double: &Double) -> Result<()> {
    double.does(json!({"do":"refund","payment":"pi_1","amount":1_000})).await?;
    double.deliver(&till.server.address()).await?;
    for page in [&**till, workshop] {
        page.go("/refunds?tab=requested").await?;
        page.see("Refunded at the card processor").await?;
        page.see("Found on the card processor’s page").await?;
    }
    let found = till.survey("refunds-found").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.server.stop().await?;
    for page in [&**till, workshop] {
        let before = page.entry_count().await?;
        page.press_twice("button", "Record").await?;
        page.see("Refund for Mira Patel at the card processor recorded").await?;
        ensure!(page.entry_count().await? == before + 2, "the refund, and that nothing is to be handed over");
    }
    till.server.resume().await?;
    for page in [&**till, workshop] {
        exchanged(page).await?;
        page.go("/refunds?tab=hand-over").await?;
        page.see("No open refunds").await?;
        // Once: 40.00 of the 50.00 are left.
        open_payment(page).await?;
        page.see("£40.00").await?;
    }
    Ok(())
}

/// A refund that the processor has and that waits for the customer is canceled from the counter.
async fn taken_back(till: &Journey, double: &Double) -> Result<()> {
    double.does(json!({"do":"next","status":"requires_action"})).await?;
    till.press("button", "Refund").await?;
    till.press("menuitem", "Issue Online Refund").await?;
    till.find("heading", "Refund Payment").await?;
    till.fill("Amount of AP-0001", "5.00").await?;
    till.choose("Reason", "Returned goods").await?;
    till.press("button", "Next").await?;
    till.press("button", "Same as now").await?;
    till.press("button", "Next").await?;
    till.press("button", "Issue refund").await?;
    till.see("with the bank").await?;
    till.go("/refunds?tab=pending").await?;
    let before = till.entry_count().await?;
    // The counter's letters are new since it joined the endpoint.
    till.see("R-0002").await?;
    let text = till.text().await?;
    let number = text.split_whitespace().find(|word| word.ends_with("R-0002")).context("no number")?;
    till.press("button", &format!("Actions for {number}")).await?;
    till.press("menuitem", "Cancel refund").await?;
    till.see("Cancel this refund?").await?;
    till.press_twice("button", "Cancel refund").await?;
    till.see("Refund for Mira Patel is to be canceled").await?;
    // The entry of the counter, and the one with which the shop's server says what came of it.
    until("the cancellation", async || Ok((till.entry_count().await? == before + 2).then_some(()))).await?;
    let last = double.refunds().await?.pop();
    ensure!(
        last.is_some_and(|refund| refund.get("status").is_some_and(|status| status == "canceled")),
        "canceled at the processor"
    );
    open_payment(till).await?;
    till.see("canceled").await?;
    till.find("button", "Refund").await.map(drop)
}

/// The customer's bank takes the rest of the payment back: both counters see it, and record it with one press each while the server is away. It
/// is won, and recorded as given back.
async fn disputed(till: &mut Journey, workshop: &Browser, double: &Double) -> Result<()> {
    let made = double.does(json!({"do":"dispute","payment":"pi_1","amount":4_000})).await?;
    double.deliver(&till.server.address()).await?;
    for page in [&**till, workshop] {
        page.go("/counter").await?;
        page.see("Record a disputed payment of Mira Patel").await?;
    }
    let found = till.survey("counter-disputed").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.server.stop().await?;
    for page in [&**till, workshop] {
        open_payment(page).await?;
        page.see("£40.00 disputed by the customer’s bank").await?;
        page.see("a refund would pay it back twice").await?;
        let found = page.survey("payment-disputed").await?;
        ensure!(found.is_empty(), "{found:?}");
        let before = page.entry_count().await?;
        page.press_twice("button", "Record").await?;
        page.see("Recorded: £40.00 taken back, fee £15.00.").await?;
        page.lacks("button", "Record").await?;
        ensure!(page.entry_count().await? == before + 1, "one entry");
    }
    till.server.resume().await?;
    for page in [&**till, workshop] {
        exchanged(page).await?;
        open_payment(page).await?;
        // Once: of an order of 120.00 nothing is paid any more, and no exception says otherwise.
        page.see("Recorded: £40.00 taken back, fee £15.00.").await?;
        page.see("a refund would pay it back twice").await?;
    }
    // The bank decides for the shop, and the processor gives its fee back.
    double.does(json!({"do":"judge","dispute":made.get("id"),"status":"won","fee":true})).await?;
    double.deliver(&till.server.address()).await?;
    till.see("Dispute of £40.00 won").await?;
    let found = till.survey("payment-dispute-won").await?;
    ensure!(found.is_empty(), "{found:?}");
    till.press_twice("button", "Record").await?;
    till.lacks("button", "Record").await?;
    till.find("button", "Refund").await?;
    exchanged(till).await?;
    open_payment(workshop).await?;
    workshop.see("dispute won").await?;
    workshop.find("button", "Refund").await.map(drop)
}
