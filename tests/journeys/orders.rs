//! The list of all orders: filters, span, customer, sums, and many of them.

use crate::steps;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;
use std::process::Command;
use tests::{Browser, NARROW, TIMEOUT, WIDE, journey, until, within};

/// A day book in the past, so that its unpaid orders are overdue.
const BOOK: &str = r#"shop "Harbour Cycles" GBP
customer mira "Mira Patel"
customer otto "Otto Ltd" company
@2026-01-05
order O-1 mira 120.00 tax 20% due 2026-02-01
pay P-1 mira 50.00 cash to O-1
order O-2 otto 80.00
pay P-2 otto 80.00 bank to O-2
order O-3 otto 30.00 due 2199-01-01
"#;

/// Opens a shop from a day book.
async fn open_book(page: &Browser, book: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (daybook, backup) = (folder.path().join("a.daybook"), folder.path().join("a.jsonl"));
    fs::write(&daybook, book)?;
    let journal = Command::new(tests::counterfoil()?).args(["daybook", "journal"]).arg(&daybook).output()?;
    ensure!(journal.status.success(), "{}", String::from_utf8_lossy(&journal.stderr));
    fs::write(&backup, journal.stdout)?;
    page.go("/").await?;
    page.upload("Open a backup", &backup).await?;
    // A long book takes its time.
    within(4 * TIMEOUT, "the book to be received", async || {
        Ok(page.has("heading", "Harbour Cycles is back").await?.then_some(()))
    })
    .await?;
    page.press("link", "Go to the counter").await?;
    page.find("link", "Add Order").await.map(drop)
}

/// The texts of the foot, from left to right.
async fn foot(page: &Browser) -> Result<Vec<String>> {
    let cells = "[...document.querySelectorAll('[role=tabpanel] tfoot td')].filter(cell => cell.getClientRects().length).map(cell => cell.innerText.trim()).filter(Boolean)";
    Ok(serde_json::from_value(page.eval(cells).await?)?)
}

async fn foot_is(page: &Browser, expected: &[&str]) -> Result<()> {
    until(&format!("{expected:?} under the columns"), async || {
        Ok((foot(page).await? == expected).then_some(()))
    })
    .await
}

#[test]
fn orders_are_filtered_and_their_sums_stand_under_their_columns() -> Result<()> {
    journey("orders", WIDE, async |page| {
        open_book(page, BOOK).await?;
        page.go("/orders").await?;
        // Unpaid ones first.
        foot_is(page, &["2 orders", "70.00 overdue", "150.00", "100.00"]).await?;
        page.see("days overdue").await?;
        let found = page.survey("orders").await?;
        ensure!(found.is_empty(), "{found:?}");
        for (tab, expected) in [
            ("Overdue", &["1 order", "70.00 overdue", "120.00", "70.00"][..]),
            ("Paid", &["1 order", "80.00", "0.00"]),
            ("All", &["3 orders", "70.00 overdue", "230.00", "100.00"]),
        ] {
            page.press("tab", tab).await?;
            foot_is(page, expected).await?;
        }
        page.fill("Customer or order number", "otto").await?;
        foot_is(page, &["2 orders", "110.00", "30.00"]).await?;
        page.press("tab", "Due this week").await?;
        page.see("No order fits.").await?;
        page.press("button", "Show all orders").await?;
        foot_is(page, &["3 orders", "70.00 overdue", "230.00", "100.00"]).await?;

        // The list follows what is recorded here, at the drawer of the shop.
        page.press("button", "Drawer A").await?;
        page.see_no("At which drawer does it stand?").await?;
        steps::find_customer(page, "Otto Ltd").await?;
        steps::place_order(page, "45.00").await?;
        page.go("/orders").await?;
        foot_is(page, &["3 orders", "70.00 overdue", "195.00", "145.00"]).await?;
        page.choose("Ordered", "Ordered this month").await?;
        foot_is(page, &["1 order", "45.00", "45.00"]).await?;
        page.see("unpaid").await?;
        page.press("tab", "Unpaid").await?;
        page.press("link", "Otto Ltd").await?;
        page.full_name("heading", "Order ").await.map(drop)
    })
}

#[test]
fn a_payment_moves_an_order_to_the_paid_ones_on_a_phone() -> Result<()> {
    journey("orders-phone", NARROW, async |page| {
        steps::part_paid(page).await?;
        page.go("/orders").await?;
        foot_is(page, &["1 order", "70.00"]).await?;
        page.press("link", "Mira Patel").await?;
        steps::pay(page, "70.00").await?;
        page.go("/orders").await?;
        page.see("No order fits.").await?;
        page.press("tab", "Paid").await?;
        foot_is(page, &["1 order", "0.00"]).await?;
        page.see("paid").await
    })
}

/// Notes the longest task of the page from now on, in milliseconds; 0 if each is shorter than 50.
const LONGEST: &str = "(() => {
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        window.longest = Math.max(window.longest, entry.duration);
    })).observe({ type: 'longtask' });
})()";

#[test]
fn fifty_thousand_orders_and_customers_stay_fluid() -> Result<()> {
    journey("orders-many", WIDE, async |page| {
        const COUNT: usize = 50_000;
        let mut book = "shop \"Harbour Cycles\" GBP\n".to_owned();
        for at in 0..COUNT {
            let _ = writeln!(book, "customer c-{at} \"Customer {at:05}\"\norder O-{at} c-{at} 1.00");
        }
        open_book(page, &book).await?;
        page.press("link", "Orders").await?;
        foot_is(page, &["50000 orders", "50,000.00 overdue", "50,000.00", "50,000.00"]).await?;
        let rows = page.eval("document.querySelectorAll('[role=tabpanel] tbody tr').length").await?;
        ensure!(rows.as_u64().context("a count")? <= 120, "{rows} rows were drawn");
        let started = std::time::Instant::now();
        page.press("tab", "All").await?;
        page.fill("Customer or order number", "Customer 01234").await?;
        foot_is(page, &["1 order", "1.00 overdue", "1.00", "1.00"]).await?;
        println!("a filter and a text of fourteen letters over {COUNT} orders: {:.1?}", started.elapsed());

        page.press("link", "Customers").await?;
        page.see("50000 customers").await?;
        let rows = page.eval("document.querySelectorAll('main tbody tr').length").await?;
        ensure!(rows.as_u64().context("a count")? <= 120, "{rows} rows were drawn");
        page.eval(LONGEST).await?;
        let started = std::time::Instant::now();
        page.fill("Search", "Customer 4321").await?;
        page.see("15 of 50000 customers").await?;
        println!("a text of thirteen letters over {COUNT} customers: {:.1?}", started.elapsed());
        println!("the longest task meanwhile: {} ms", page.eval("window.longest").await?);
        Ok(())
    })
}
