//! *Plan payments*: an order in instalments, what is due on the counter, and the payment form that offers the instalment.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{NARROW, Size, WIDE, journey};

#[test]
fn an_orders_payments_are_planned_shown_as_due_and_paid_by_instalment_on_a_wide_screen() -> Result<()> {
    planned(WIDE)
}

#[test]
fn an_orders_payments_are_planned_shown_as_due_and_paid_by_instalment_on_a_narrow_screen() -> Result<()> {
    planned(NARROW)
}

fn planned(size: Size) -> Result<()> {
    journey("plan", size, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        steps::choose_of_page(page, "AI-0001", "Plan payments").await?;
        let dialog = page.within("dialog", "Plan the payments of AI-0001: £70.00");
        let before = page.entry_count().await?;
        dialog.press("button", "Save the plan").await?;
        dialog.within("alert", "There is a problem").see("Choose the date on which").await?;
        dialog.fill("Equal instalments, a month apart", "0").await?;
        dialog.see("Enter a number from 1 to 60").await?;
        dialog.fill("Equal instalments, a month apart", "3").await?;
        dialog.press("button", "Fill in").await?;
        dialog.find("button", "Remove instalment 3").await?;
        let found = page.survey("plan").await?;
        ensure!(found.is_empty(), "{found:?}");
        dialog.press("button", "Remove instalment 3").await?;
        dialog.see("£23.33 is not planned yet.").await?;
        dialog.press("button", "Save the plan").await?;
        let wrong = "The instalments add up to £46.67, but the invoice owes £70.00.";
        dialog.within("alert", "There is a problem").see(wrong).await?;
        dialog.press("button", "Add an instalment").await?;
        ensure!(page.entry_count().await? == before, "an incomplete plan was recorded");
        let money = page.money_before().await?;
        dialog.press_twice("button", "Save the plan").await?;
        page.see("The payments of AI-0001 are planned.").await?;
        ensure!(page.entry_count().await? == before + 1, "planned once");
        page.find("heading", "Payment plan").await?;
        page.row_ends_with("due today", &["23.34", "23.34"]).await?;
        money.moved(page, &[]).await?;

        page.go("/counter").await?;
        page.see("Due today and this week").await?;
        page.see("Today £23.34, this week £23.34").await?;
        let found = page.survey("due").await?;
        ensure!(found.is_empty(), "{found:?}");

        page.go(&order).await?;
        page.act("Add Payment").await?;
        page.holds("Amount", "70.00").await?;
        page.find("link", "For a later date, plan the payments of AI-0001").await?;
        let offer = page.full_name("button", "Pay the instalment due ").await?;
        page.press("button", &offer).await?;
        page.holds("Amount", "23.34").await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £23.34 recorded").await?;
        page.go(&order).await?;
        page.see("Owed £46.66").await?;
        page.row_ends_with("paid", &["23.34", "–"]).await?;
        page.go("/counter").await?;
        page.see("Owed by age").await?;
        page.see_no("Due today and this week").await
    })
}
