//! Invalid amounts: an error at the field and in the summary, nothing recorded, and the typed text stays.

use crate::steps::{self, OWED_AFTER};
use anyhow::{Context, Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey, until};

const NOT_AN_AMOUNT: &str = "Enter the amount like 12.50";
const ABOVE_ZERO: &str = "Enter an amount above zero, like 12.50";
const AT_LEAST_ZERO: &str = "Enter zero or more, like 12.50";
const DECIMALS: &str = "Enter the amount like 12.50: this currency has 2 decimals";
const EMPTY: &str = "Enter the amount, like 12.50";
const TOO_LARGE: &str = "The largest amount is £99,999,999.99. Check the digits";

/// Invalid texts, and the error of a field for an amount above zero.
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
fn an_order_refuses_invalid_input() -> Result<()> {
    journey("nonsense-order", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        steps::order_line(page).await?;
        refuses_all(page, "Unit price", "Place Order", &INVALID).await?;
        page.fill("Unit price", "120.00").await?;
        for rate in ["twenty", "-1", "", "101", "1e1"] {
            refuses(
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
fn a_payment_refuses_invalid_input() -> Result<()> {
    journey("nonsense-payment", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        page.act("Add Payment").await?;
        refuses_all(page, "Amount", "Apply Payment", &INVALID).await?;
        page.fill("Amount", "50.00").await?;
        // Cash received may be empty: the customer paid the exact amount.
        let received: Vec<_> = INVALID.into_iter().filter(|(typed, _)| !typed.is_empty()).collect();
        refuses_all(page, "Cash received", "Apply Payment", &received).await?;
        let little = "The payment is £50.00. Lower the amount, or enter the cash you received";
        refuses(page, "Cash received", "Apply Payment", "49.99", little).await?;
        page.fill("Cash received", "50.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £50.00 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "50.00")).await
    })
}

#[test]
fn a_refund_refuses_invalid_input() -> Result<()> {
    journey("nonsense-refund", WIDE, async |page| {
        steps::part_paid(page).await?;
        page.act("Refund Payment").await?;
        steps::select_payment(page).await?;
        page.choose("Reason", "Returned goods").await?;
        page.choose("Refund method", "Cash").await?;
        refuses_all(page, "Amount of AP-0001", "Next", &INVALID).await?;
        let most = "At most £50.00 can be refunded here. Lower the amount";
        refuses(page, "Amount of AP-0001", "Next", "50.01", most).await?;
        page.fill("Amount of AP-0001", "50.00").await?;
        page.press("button", "Next").await?;

        let owed = INVALID.into_iter().filter_map(|(typed, says)| match typed {
            "0" => None,
            "-1" => Some((typed, AT_LEAST_ZERO)),
            _ => Some((typed, says)),
        });
        refuses_all(page, OWED_AFTER, "Next", &owed.collect::<Vec<_>>()).await?;
        let between = "Enter an amount from £0.00 to £120.00";
        refuses(page, OWED_AFTER, "Next", "120.01", between).await
    })
}

#[test]
fn a_credit_refuses_invalid_input() -> Result<()> {
    journey("nonsense-credit", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Credit").await?;
        page.choose("Reason", "Goodwill").await?;
        refuses_all(page, "Amount", "Add Credit", &INVALID).await
    })
}

#[test]
fn a_walk_in_refuses_invalid_input() -> Result<()> {
    journey("nonsense-walk-in", WIDE, async |page| {
        steps::set_up(page).await?;
        page.press("link", "Enter a Payment").await?;
        page.press("button", "Walk-in").await?;
        page.fill("What was sold", "Inner tube").await?;
        refuses_all(page, "Amount", "Apply Payment", &INVALID).await?;
        page.fill("Amount", "6.50").await?;
        for rate in ["twenty", "-1", "101", "1e1", "8,25"] {
            let says = "Enter the tax in percent, like 20 or 8.25";
            refuses(page, "Tax included, in percent", "Apply Payment", rate, says).await?;
        }
        page.fill("Tax included, in percent", "20").await?;
        let received: Vec<_> = INVALID.into_iter().filter(|(typed, _)| !typed.is_empty()).collect();
        refuses_all(page, "Cash received", "Apply Payment", &received).await?;
        page.fill("Cash received", "").await?;
        refuses(page, "What was sold", "Apply Payment", "", "Enter what was sold").await?;
        page.fill("What was sold", "Inner tube").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £6.50 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "6.50")).await
    })
}

#[test]
fn the_amounts_for_several_invoices_refuse_invalid_input() -> Result<()> {
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
        // An empty amount means what the invoice owes.
        let shares: Vec<_> = INVALID.into_iter().filter(|(typed, _)| !typed.is_empty()).collect();
        refuses_all(page, "Amount for AI-0001", "Apply Payment", &shares).await?;
        let most = "This invoice owes £120.00. Lower the amount";
        refuses(page, "Amount for AI-0001", "Apply Payment", "120.01", most).await?;
        page.fill("Amount for AI-0001", "100.00").await?;
        refuses_all(page, "Amount for AI-0002", "Apply Payment", &shares).await?;
        page.fill("Amount for AI-0002", "50.01").await?;
        let before = page.entry_count().await?;
        page.press("button", "Apply Payment").await?;
        let summary = page.within("alert", "There is a problem");
        summary.see("The amounts for the invoices are more than £150.00.").await?;
        ensure!(page.entry_count().await? == before);
        page.fill("Amount for AI-0002", "50.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.row_ends_with("Mira Patel owes", &["240.00", "90.00"]).await?;
        money.adds_up(page, Said::Take(DRAWER, "150.00")).await
    })
}

/// Checks each invalid text with [`refuses`].
pub async fn refuses_all(page: &Browser, field: &str, submit: &str, cases: &[(&str, &str)]) -> Result<()> {
    for (typed, says) in cases {
        refuses(page, field, submit, typed, says).await?;
    }
    Ok(())
}

/// Types a text into a field and submits; the field and the summary must show the error, and nothing is recorded.
pub async fn refuses(page: &Browser, field: &str, submit: &str, typed: &str, says: &str) -> Result<()> {
    let before = page.entry_count().await?;
    page.fill(field, typed).await?;
    page.press("button", submit).await?;
    let case = format!("“{typed}” in “{field}” to show the error “{says}”");
    let end = until(&case, async || {
        let beside = page.problem(field).await?;
        Ok(beside.is_some_and(|error| error.starts_with(says)).then_some(()))
    })
    .await;
    if end.is_err() {
        let beside = page.problem(field).await?;
        end.with_context(|| format!("it shows {beside:?}"))?;
    }
    page.within("alert", "There is a problem").see(says).await?;
    let focus = async || Ok(page.focused("alert", "There is a problem").await?.then_some(()));
    until("the summary to take the focus", focus).await?;
    page.holds(field, typed).await?;
    ensure!(page.entry_count().await? == before, "“{typed}” in “{field}” was recorded");
    Ok(())
}
