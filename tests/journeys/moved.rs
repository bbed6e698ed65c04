//! A payment that was recorded for the wrong customer is moved in one press; goods come back by lines.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, NARROW, Said, Size, WIDE, journey};

/// Moves the payment whose menu is on the open page; the other customer has it under a new number.
async fn move_to(page: &Browser, (no, from): (&str, &str), to: &str) -> Result<()> {
    let (money, before) = (page.money_before().await?, page.entry_count().await?);
    page.press("button", &format!("Actions for {no}")).await?;
    page.press("menuitem", "Move to another customer").await?;
    let title = format!("Move payment {no} of £50.00 from {from} to another customer?");
    let dialog = page.within("dialog", &title);
    dialog.fill("Customer who paid", to).await?;
    dialog.press("option", to).await?;
    dialog.fill("Reason", "Wrong customer").await?;
    dialog.press_twice("button", "Move to another customer").await?;
    page.see(&format!("Payment {no} of £50.00 is moved")).await?;
    ensure!(page.entry_count().await? == before + 2, "reversed once, recorded once");
    money.moved(page, &[]).await
}

#[test]
fn a_payment_is_moved_from_an_order_and_from_a_list_on_a_wide_screen() -> Result<()> {
    journey("move-payment", WIDE, async |page| {
        let (mira, ben) = paid_by_mira(page).await?;
        page.go(&mira).await?;
        page.press("link", "AI-0002").await?;
        page.see("Owed £70.00").await?;
        move_to(page, ("AP-0001", "Mira Patel"), "Ben Cole").await?;
        page.see("Owed £120.00").await?;
        page.go(&format!("{ben}?tab=payments")).await?;
        page.see("Owes £0.00").await?;
        page.see("Available credit £20.00").await?;
        // It was his invoice and her money after all.
        move_to(page, ("AP-0002", "Ben Cole"), "Mira Patel").await?;
        page.see("Owes £30.00").await?;
        page.see("Available credit £0.00").await?;
        page.go(&format!("{mira}?tab=payments")).await?;
        page.see("Owes £70.00").await?;
        page.see("AP-0003").await
    })
}

/// Sets up a shop in which Ben owes 30.00 and Mira 120.00, of which 50.00 are paid. Returns the paths of Mira's account and Ben's.
async fn paid_by_mira(page: &Browser) -> Result<(String, String)> {
    steps::set_up(page).await?;
    steps::add_customer(page, "Ben Cole").await?;
    let ben = page.path().await?;
    steps::place_order(page, "30.00").await?;
    steps::add_customer(page, "Mira Patel").await?;
    let mira = page.path().await?;
    steps::place_order(page, "120.00").await?;
    page.go(&mira).await?;
    steps::pay(page, "50.00").await?;
    Ok((mira, ben))
}

#[test]
fn a_payment_is_moved_to_another_customer_on_a_narrow_screen() -> Result<()> {
    journey("move-payment", NARROW, async |page| {
        let (mira, ben) = paid_by_mira(page).await?;
        page.go(&format!("{mira}?tab=payments")).await?;
        page.press("link", "AP-0001").await?;
        page.press("button", "Actions for AP-0001").await?;
        page.press("menuitem", "Move to another customer").await?;
        let dialog =
            page.within("dialog", "Move payment AP-0001 of £50.00 from Mira Patel to another customer?");
        dialog.press("button", "Move to another customer").await?;
        dialog.within("alert", "There are 2 problems").see("Choose a customer from the list").await?;
        dialog.fill("Customer who paid", "Ben Cole").await?;
        dialog.press("option", "Ben Cole").await?;
        dialog.see("AI-0001").await?;
        dialog.fill("Reason", "Wrong customer").await?;
        dialog.row_ends_with("Mira Patel owes", &["70.00", "120.00"]).await?;
        dialog.row_ends_with("Ben Cole owes", &["30.00", "0.00"]).await?;
        dialog.row_ends_with("Available credit of Ben Cole", &["0.00", "20.00"]).await?;
        let found = page.survey("move-payment").await?;
        ensure!(found.is_empty(), "{found:?}");
        dialog.press("button", "Cancel").await?;
        move_to(page, ("AP-0001", "Mira Patel"), "Ben Cole").await?;
        page.press("button", "Actions for AP-0001").await?;
        page.lacks("menuitem", "Move to another customer").await?;
        page.go(&mira).await?;
        page.see("Owes £120.00").await?;
        page.go(&format!("{ben}?tab=payments")).await?;
        page.see("AP-0002").await
    })
}

/// Places an order of two lines from the open account: 2 chairs for 30.00 each, and a table for 60.00.
async fn two_lines(page: &Browser) -> Result<()> {
    page.act("Add Order").await?;
    page.fill("Item", "Chair").await?;
    page.fill("Quantity", "2").await?;
    page.fill("Unit price", "30.00").await?;
    page.press("button", "Place Order").await?;
    page.see("of £60.00 placed").await?;
    page.press("link", "Open order AI-0001").await?;
    page.find("heading", "Order AI-0001").await.map(drop)
}

#[test]
fn goods_that_come_back_set_the_balance_afterwards_on_a_wide_screen() -> Result<()> {
    returned(WIDE)
}

#[test]
fn goods_that_come_back_set_the_balance_afterwards_on_a_narrow_screen() -> Result<()> {
    returned(NARROW)
}

fn returned(size: Size) -> Result<()> {
    journey("refund-returned", size, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        two_lines(page).await?;
        steps::pay(page, "60.00").await?;
        page.press("link", "Back to order AI-0001").await?;
        page.act("Refund Payment").await?;
        steps::select_payment(page).await?;
        page.fill("Amount of AP-0001", "30.00").await?;
        page.check("Goods came back").await?;
        page.fill("Chair", "3").await?;
        page.choose("Reason", "Returned goods").await?;
        page.press("button", "Next").await?;
        page.within("alert", "There is a problem").see("Enter a quantity up to 2").await?;
        page.fill("Chair", "1").await?;
        let found = page.survey("refund-returned").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Next").await?;
        page.holds(steps::OWED_AFTER, "0.00").await?;
        page.see("A refund of £30.00 and £30.00 taken off the order.").await?;
        page.press("button", "Next").await?;
        page.see("Goods that came back 1 × Chair").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £30.00 recorded").await?;
        page.see("Refunded £30.00 of AP-0001 · Cash").await?;
        let found = page.survey("refund-done").await?;
        ensure!(found.is_empty(), "{found:?}");
        money.adds_up(page, Said::HandOver(DRAWER, "30.00")).await?;

        // The other chair comes back for a credit note, which is then paid out.
        page.press("link", "Back to order").await?;
        page.act("Add Credit Note").await?;
        page.check("Goods came back").await?;
        page.holds("Chair", "1").await?;
        page.see("Leave empty for what the lines are worth, £30.00").await?;
        page.choose("Reason", "Returned goods").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Add Credit Note").await?;
        let sure = page.within("dialog", "Take £30.00 off order AI-0001 of Mira Patel with a credit note?");
        sure.row_ends_with("Available credit", &["0.00", "30.00"]).await?;
        sure.press_twice("button", "Add Credit Note").await?;
        page.see("of £30.00 recorded").await?;
        ensure!(page.entry_count().await? == before + 1, "one note");
        money.adds_up(page, Said::NoMoney).await?;
        page.act("Refund O/S").await?;
        page.see("Gives back the credit notes and overpayments that you choose.").await?;
        page.holds("Payee", "Mira Patel").await?;
        let note = page.full_name("checkbox", "Credit note AC-0001").await?;
        page.check(&note).await?;
        page.choose("Refund method", "Cash").await?;
        page.press("button", "Refund Credit Note").await?;
        page.within("dialog", "Are you sure you want to create a new refund?").press("button", "Yes").await?;
        page.see("of £30.00 recorded").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "30.00")).await?;
        page.see("Available credit £0.00").await
    })
}
