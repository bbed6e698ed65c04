//! One payment for several invoices: each gets exactly what was typed for it, and the form says before the press what
//! becomes credit and what will still be owed.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{DRAWER, Said, WIDE, journey};

#[test]
fn typed_shares_and_a_larger_amount_leave_owed_what_the_form_said() -> Result<()> {
    journey("shares", WIDE, async |page| {
        steps::two_invoices(page).await?;
        page.fill("Amount for AI-0001", "30.00").await?;
        page.fill("Amount for AI-0002", "20.00").await?;
        page.holds("Amount", "50.00").await?;
        page.see("£122.00 will still be owed.").await?;
        page.see_no("becomes credit").await?;
        page.fill("Amount", "80.00").await?;
        page.see("£30.00 more than the amounts for the invoices: it becomes credit.").await?;
        page.see("£122.00 will still be owed.").await?;
        let found = page.survey("several-invoices").await?;
        ensure!(found.is_empty(), "{found:?}");

        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press_twice("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £80.00 recorded").await?;
        page.row_ends_with("Mira Patel owes", &["172.00", "122.00"]).await?;
        page.row_ends_with("Available credit", &["0.00", "30.00"]).await?;
        page.see("£30.00 of it is kept as available credit.").await?;
        money.adds_up(page, Said::Take(DRAWER, "80.00")).await?;
        ensure!(page.entry_count().await? == before + 1, "two presses, one payment");
        page.press("link", "Go to Mira Patel").await?;
        page.cell_is("AI-0001", "Owed", "70.00").await?;
        page.cell_is("AI-0002", "Owed", "52.00").await
    })
}

#[test]
fn an_invoice_left_blank_gets_nothing() -> Result<()> {
    journey("shares-blank", WIDE, async |page| {
        steps::two_invoices(page).await?;
        page.press("button", "Apply Payment").await?;
        page.within("alert", "There is a problem").see("Enter the amount").await?;
        ensure!(page.problem("Amount for AI-0001").await?.is_some(), "no amount for any invoice");
        page.fill("Amount for AI-0002", "20.00").await?;
        page.holds("Amount", "20.00").await?;
        page.see("£152.00 will still be owed.").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £20.00 recorded").await?;
        page.row_ends_with("Mira Patel owes", &["172.00", "152.00"]).await?;
        money.adds_up(page, Said::Take(DRAWER, "20.00")).await?;
        page.press("link", "Go to Mira Patel").await?;
        page.cell_is("AI-0001", "Owed", "100.00").await?;
        page.cell_is("AI-0002", "Owed", "52.00").await
    })
}

#[test]
fn amounts_that_do_not_fit_are_refused_and_all_balances_fill_in_at_once() -> Result<()> {
    journey("shares-too-much", WIDE, async |page| {
        steps::two_invoices(page).await?;
        let before = page.entry_count().await?;
        page.fill("Amount for AI-0001", "100.01").await?;
        page.press("button", "Apply Payment").await?;
        let problem = page.problem("Amount for AI-0001").await?.unwrap_or_default();
        ensure!(problem.contains("This invoice owes £100.00. Lower the amount"), "{problem}");
        page.fill("Amount for AI-0001", "100.00").await?;
        page.fill("Amount", "99.00").await?;
        page.press("button", "Apply Payment").await?;
        let problem = page.problem("Amount").await?.unwrap_or_default();
        ensure!(problem.contains("The amounts for the invoices are more than £99.00."), "{problem}");
        ensure!(page.entry_count().await? == before, "an invalid form recorded something");

        page.press("button", "Fill in all balances").await?;
        page.holds("Amount for AI-0002", "72.00").await?;
        page.fill("Amount", "200.00").await?;
        page.see("£28.00 more than the amounts for the invoices: it becomes credit.").await?;
        page.see_no("will still be owed").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.row_ends_with("Mira Patel owes", &["172.00", "0.00"]).await?;
        page.row_ends_with("Available credit", &["0.00", "28.00"]).await?;
        money.adds_up(page, Said::Take(DRAWER, "200.00")).await
    })
}

#[test]
fn a_payment_of_one_invoice_says_what_is_owed_on_it_and_on_all() -> Result<()> {
    journey("shares-one", WIDE, async |page| {
        steps::two_invoices(page).await?;
        page.choose("Invoice", "AI-0002").await?;
        page.fill("Amount", "50.00").await?;
        page.see("£22.00 will still be owed on AI-0002, and £122.00 on all orders together.").await?;
        page.fill("Amount", "72.00").await?;
        page.see("£100.00 will still be owed on other orders.").await?;
        page.press("button", "Apply Payment").await?;
        page.row_ends_with("Mira Patel owes", &["172.00", "100.00"]).await
    })
}
