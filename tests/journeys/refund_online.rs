//! A payment that was taken online: *Online* says why it is not possible, and a refund that was issued at the processor is
//! recorded with its reference.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{CARD, NARROW, Said, Size, WIDE, journey};

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
