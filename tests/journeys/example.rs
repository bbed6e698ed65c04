//! The example shop: separate data, with partners to pay and a requested refund.

use crate::steps::{self, OWED_AFTER};
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, NARROW, Said, WIDE, journey};

#[test]
fn a_refund_takes_back_commission_only_when_its_box_is_marked() -> Result<()> {
    journey("example-clawback", NARROW, async |page| {
        steps::try_the_example(page).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £70.00").await?;
        page.open("Full service").await?;
        page.act("Refund Payment").await?;
        let payment = page.full_name("checkbox", "Payment AP-").await?;
        page.check(&payment).await?;
        page.choose("Reason", "Goodwill").await?;
        page.press("button", "Next").await?;
        page.fill(OWED_AFTER, "0.00").await?;
        page.row_ends_with("Mira Patel owes", &["70.00", "0.00"]).await?;
        page.row_ends_with("Commission payable to Pat Lee", &["469.57", "469.57"]).await?;
        ensure!(
            !page.checked("Apply Credit to Referral Partner Commissions").await?,
            "it is marked by default"
        );
        page.check("Apply Refund to Referral Partner Commissions (Clawback)").await?;
        page.row_ends_with("Commission payable to Pat Lee", &["469.57", "465.40"]).await?;
        page.press("button", "Next").await?;
        page.see("Commission taken back £4.17").await?;
        page.press("button", "Record refund").await?;
        page.row_ends_with("Mira Patel owes", &["70.00", "0.00"]).await
    })
}

#[test]
fn an_admin_approves_a_clerks_request() -> Result<()> {
    journey("example-approve", WIDE, async |page| {
        steps::try_the_example(page).await?;
        page.go("/refunds").await?;
        page.see("10.00 Tom Ash Cash, Drawer A").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Approve").await?;
        page.within("dialog", "Approve this refund?").press("button", "Not now").await?;
        ensure!(page.entry_count().await? == before, "a cancelled dialog recorded something");
        page.press("button", "Approve").await?;
        page.within("dialog", "Approve this refund?").press("button", "Approve").await?;
        page.see("Refund for Tom Ash approved").await?;
        page.press("tab", "To hand over").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "10.00")).await?;
        page.see("10.00 Tom Ash Cash, Drawer A").await?;
        ensure!(page.entry_count().await? == before + 1, "one approval, one entry");
        Ok(())
    })
}

#[test]
fn a_payment_whose_refund_is_pending_says_so() -> Result<()> {
    journey("example-pending", WIDE, async |page| {
        steps::try_the_example(page).await?;
        steps::find_customer(page, "Yara Haddad").await?;
        page.press("tab", "Payments").await?;
        page.open("AP-0062").await?;
        page.find("heading", "Payment AP-0062").await?;
        page.see("A refund of this payment is still pending.").await?;
        page.see_no("Nothing left to refund").await
    })
}

#[test]
fn leaving_the_example_changes_no_other_data() -> Result<()> {
    journey("example-leave", WIDE, async |page| {
        steps::try_the_example(page).await?;
        leave(page).await?;
        steps::set_up(page).await?;
        page.see_no("EXAMPLE").await?;
        page.go("/customers").await?;
        page.see("No customers yet").await
    })
}

async fn leave(page: &Browser) -> Result<()> {
    page.press("link", "Settings").await?;
    page.press("button", "Leave the example shop").await?;
    page.press("button", "Yes").await?;
    page.find("button", "Try the example shop").await.map(drop)
}
