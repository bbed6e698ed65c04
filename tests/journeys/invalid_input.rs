//! Amounts that are none: a sentence at the field and on top, nothing written, what was typed stays.

use crate::steps::{self, OWED_AFTER};
use anyhow::{Context, Result, ensure};
use tests::{Browser, WIDE, journey, until};

const NOT_AN_AMOUNT: &str = "Enter the amount like 12.50";
const ABOVE_ZERO: &str = "Enter an amount above zero, like 12.50";
const AT_LEAST_ZERO: &str = "Enter zero or more, like 12.50";
const DECIMALS: &str = "Enter the amount like 12.50: this currency has 2 decimals";
const EMPTY: &str = "Enter the amount, like 12.50";
const TOO_LARGE: &str = "The largest amount is £99,999,999.99. Check the digits";

/// What is typed, and what an amount above zero says to it.
pub const INVALID: [(&str, &str); 7] = [
    ("12,5", NOT_AN_AMOUNT),
    ("-1", ABOVE_ZERO),
    ("0", ABOVE_ZERO),
    ("1e3", NOT_AN_AMOUNT),
    ("10.999", DECIMALS),
    ("", EMPTY),
    ("12345678901234567890", TOO_LARGE),
];

#[test]
fn an_order_takes_no_nonsense() -> Result<()> {
    journey("nonsense-order", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.press("link", "Add Order").await?;
        steps::order_line(page).await?;
        all(page, "Unit price", "Place Order", &INVALID).await?;
        page.fill("Unit price", "120.00").await?;
        for rate in ["twenty", "-1", "", "101", "1e1"] {
            told(
                page,
                "Tax rate in percent",
                "Place Order",
                rate,
                "Enter the tax in percent, like 20 or 8.25",
            )
            .await?;
        }
        page.fill("Tax rate in percent", "20").await?;
        page.press("button", "Place Order").await?;
        steps::open_order(page).await
    })
}

#[test]
fn a_payment_takes_no_nonsense() -> Result<()> {
    journey("nonsense-payment", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        page.press("link", "Add Payment").await?;
        all(page, "Amount", "Apply Payment", &INVALID).await?;
        page.fill("Amount", "50.00").await?;
        // Cash received may stay empty: the exact money.
        let received: Vec<_> = INVALID.into_iter().filter(|(typed, _)| !typed.is_empty()).collect();
        all(page, "Cash received", "Apply Payment", &received).await?;
        let little = "The payment is £50.00. Lower the amount, or enter the cash you received";
        told(page, "Cash received", "Apply Payment", "49.99", little).await?;
        page.fill("Cash received", "50.00").await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £50.00 recorded").await
    })
}

#[test]
fn a_refund_takes_no_nonsense() -> Result<()> {
    journey("nonsense-refund", WIDE, async |page| {
        steps::part_paid(page).await?;
        page.press("link", "Refund Payment").await?;
        steps::mark(page).await?;
        page.choose("Reason", "Returned goods").await?;
        page.choose("Refund method", "Cash").await?;
        all(page, "Amount of AP-0001", "Next", &INVALID).await?;
        let most = "At most £50.00 can be refunded here. Lower the amount";
        told(page, "Amount of AP-0001", "Next", "50.01", most).await?;
        page.fill("Amount of AP-0001", "50.00").await?;
        page.press("button", "Next").await?;

        let owed = INVALID.into_iter().filter_map(|(typed, says)| match typed {
            "0" => None,
            "-1" => Some((typed, AT_LEAST_ZERO)),
            _ => Some((typed, says)),
        });
        all(page, OWED_AFTER, "Next", &owed.collect::<Vec<_>>()).await?;
        let between = "Enter an amount from £0.00 to £120.00";
        told(page, OWED_AFTER, "Next", "120.01", between).await
    })
}

#[test]
fn a_credit_takes_no_nonsense() -> Result<()> {
    journey("nonsense-credit", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.press("link", "Add Credit").await?;
        page.choose("Reason", "Goodwill").await?;
        all(page, "Amount", "Add Credit", &INVALID).await
    })
}

#[test]
fn a_walk_in_takes_no_nonsense() -> Result<()> {
    journey("nonsense-walk-in", WIDE, async |page| {
        steps::set_up(page).await?;
        page.press("link", "Enter a Payment").await?;
        page.press("button", "Walk-in").await?;
        page.fill("What was sold", "Inner tube").await?;
        all(page, "Amount", "Apply Payment", &INVALID).await?;
        page.fill("Amount", "6.50").await?;
        for rate in ["twenty", "-1", "101", "1e1", "8,25"] {
            let says = "Enter the tax in percent, like 20 or 8.25";
            told(page, "Tax included, in percent", "Apply Payment", rate, says).await?;
        }
        page.fill("Tax included, in percent", "20").await?;
        let received: Vec<_> = INVALID.into_iter().filter(|(typed, _)| !typed.is_empty()).collect();
        all(page, "Cash received", "Apply Payment", &received).await?;
        page.fill("Cash received", "").await?;
        told(page, "What was sold", "Apply Payment", "", "Enter what was sold").await?;
        page.fill("What was sold", "Inner tube").await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £6.50 recorded").await
    })
}

#[test]
fn the_amounts_for_several_invoices_take_no_nonsense() -> Result<()> {
    journey("nonsense-several", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        page.go(&format!("{account}/orders/new")).await?;
        steps::order_line(page).await?;
        page.press("button", "Place Order").await?;
        page.see("AI-0002").await?;
        page.go(&format!("{account}/pay")).await?;
        page.choose("Invoice", "Several invoices").await?;
        page.fill("Amount", "150.00").await?;
        // Left empty an invoice takes what it owes.
        let shares: Vec<_> = INVALID.into_iter().filter(|(typed, _)| !typed.is_empty()).collect();
        all(page, "Amount for AI-0001", "Apply Payment", &shares).await?;
        let most = "This invoice owes £120.00. Lower the amount";
        told(page, "Amount for AI-0001", "Apply Payment", "120.01", most).await?;
        page.fill("Amount for AI-0001", "100.00").await?;
        all(page, "Amount for AI-0002", "Apply Payment", &shares).await?;
        page.fill("Amount for AI-0002", "50.01").await?;
        let before = page.entry_count().await?;
        page.press("button", "Apply Payment").await?;
        let told = page.within("alert", "There is a problem");
        told.see("The amounts for the invoices are more than £150.00.").await?;
        ensure!(page.entry_count().await? == before);
        page.fill("Amount for AI-0002", "50.00").await?;
        page.press("button", "Apply Payment").await?;
        page.row_ends_with("Mira Patel owes", &["240.00", "90.00"]).await
    })
}

/// Types each into a field, presses on, and looks whether it was told.
pub async fn all(page: &Browser, field: &str, submit: &str, cases: &[(&str, &str)]) -> Result<()> {
    for (typed, says) in cases {
        told(page, field, submit, typed, says).await?;
    }
    Ok(())
}

pub async fn told(page: &Browser, field: &str, submit: &str, typed: &str, says: &str) -> Result<()> {
    let before = page.entry_count().await?;
    page.fill(field, typed).await?;
    page.press("button", submit).await?;
    let case = format!("“{typed}” in “{field}” to be answered with “{says}”");
    let end = until(&case, async || {
        let beside = page.problem(field).await?;
        Ok(beside.is_some_and(|told| told.starts_with(says)).then_some(()))
    })
    .await;
    if end.is_err() {
        let beside = page.problem(field).await?;
        end.with_context(|| format!("it says {beside:?}"))?;
    }
    page.within("alert", "There is a problem").see(says).await?;
    let focus = async || Ok(page.focused("alert", "There is a problem").await?.then_some(()));
    until("the summary to take the focus", focus).await?;
    page.holds(field, typed).await?;
    ensure!(page.entry_count().await? == before, "“{typed}” in “{field}” was written");
    Ok(())
}
