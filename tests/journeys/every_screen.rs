//! Every screen, wide and narrow, light and dark: takes screenshots, and axe finds nothing.

use crate::people::{ANA, sign_in, with_a_clerk};
use crate::steps::{self, OWED_AFTER};
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey};

/// The page, and the violations that axe has found on the screens so far.
struct Tour<'a> {
    page: &'a Browser,
    found: Vec<String>,
}

impl Tour<'_> {
    async fn check(&mut self, name: &str) -> Result<()> {
        self.found.extend(self.page.survey(name).await?);
        Ok(())
    }

    fn end(self) -> Result<()> {
        ensure!(self.found.is_empty(), "axe finds:\n  {}", self.found.join("\n  "));
        Ok(())
    }
}

#[test]
fn a_new_shop() -> Result<()> {
    journey("tour-new-shop", WIDE, async |page| {
        let mut tour = Tour { page, found: Vec::new() };
        page.go("/").await?;
        page.find("button", "Try the example shop").await?;
        tour.check("welcome").await?;
        page.press("button", "Set up this shop").await?;
        page.find_any(&["textbox"], "Shop name").await?;
        tour.check("setup").await?;
        page.press("button", "Set up this shop").await?;
        page.full_name("alert", "There are ").await?;
        tour.check("setup-problems").await?;
        steps::set_up(page).await?;
        tour.check("counter-empty").await?;
        for (path, name) in [
            ("/customers", "customers-empty"),
            ("/orders", "orders-empty"),
            ("/refunds", "refunds-empty"),
            ("/money", "money"),
            ("/partners", "partners-empty"),
            ("/reports", "reports-empty"),
            ("/settings", "settings"),
            ("/settings/shop", "settings-shop"),
            ("/settings/receipts", "settings-receipts"),
            ("/settings/tax", "settings-tax"),
            ("/settings/items", "settings-items"),
            ("/settings/banks", "settings-banks"),
            ("/settings/reasons", "settings-reasons"),
            ("/settings/people", "settings-people"),
            ("/settings/counters", "settings-counters"),
            ("/settings/backup", "settings-backup"),
            ("/settings/appearance", "settings-appearance"),
            ("/nothing", "missing"),
            ("/customers/new", "add-customer"),
        ] {
            page.go(path).await?;
            page.see("Harbour Cycles").await?;
            page.see_no("Opening your data…").await?;
            tour.check(name).await?;
        }
        page.press("button", "Add Customer").await?;
        page.find("alert", "There is a problem").await?;
        tour.check("add-customer-problem").await?;
        steps::add_customer(page, "Mira Patel").await?;
        tour.check("customer-empty").await?;
        page.press_keys("?").await?;
        page.find("dialog", "Keyboard shortcuts").await?;
        tour.check("keys").await?;
        tour.end()
    })
}

#[test]
fn an_order_and_its_payment() -> Result<()> {
    journey("tour-payment", WIDE, async |page| {
        let mut tour = Tour { page, found: Vec::new() };
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        page.act("Add Order").await?;
        steps::order_line(page).await?;
        tour.check("add-order").await?;
        page.fill("Unit price", "12,5").await?;
        page.press("button", "Place Order").await?;
        page.find("alert", "There is a problem").await?;
        tour.check("add-order-problem").await?;
        page.fill("Unit price", "120.00").await?;
        page.press("button", "Place Order").await?;
        steps::open_order(page).await?;
        tour.check("order-unpaid").await?;

        page.act("Add Payment").await?;
        page.fill("Amount", "130.00").await?;
        page.fill("Cash received", "150.00").await?;
        tour.check("add-payment").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £130.00 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "130.00")).await?;
        tour.check("payment-done").await?;
        for (tab, name) in [("payments", "payments"), ("credits", "credits"), ("refunds", "refunds")] {
            page.go(&format!("{account}?tab={tab}")).await?;
            page.see("Mira Patel").await?;
            tour.check(&format!("customer-{name}")).await?;
        }
        page.act("Add Credit").await?;
        page.find("heading", "Add Credit").await?;
        tour.check("add-credit").await?;
        page.go("/pay").await?;
        page.find("heading", "Enter a Payment").await?;
        tour.check("enter-a-payment").await?;
        tour.end()
    })
}

#[test]
fn a_refund_step_by_step() -> Result<()> {
    journey("tour-refund", WIDE, async |page| {
        let mut tour = Tour { page, found: Vec::new() };
        steps::part_paid(page).await?;
        tour.check("order-part-paid").await?;
        let order = page.path().await?;
        page.act("Refund Payment").await?;
        page.press("button", "Next").await?;
        page.full_name("alert", "There are ").await?;
        tour.check("refund-1-problems").await?;
        page.go(&order).await?;
        steps::fill_refund_step_one(page).await?;
        page.press("button", "Nothing (0.00)").await?;
        page.holds(OWED_AFTER, "0.00").await?;
        tour.check("refund-2-owed-after").await?;
        page.press("button", "Next").await?;
        page.find("button", "Record refund").await?;
        tour.check("refund-3-confirm").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £50.00 recorded").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        tour.check("refund-4-done").await?;
        page.go("/refunds").await?;
        page.see("Mira Patel").await?;
        tour.check("refunds").await?;
        page.go(&order).await?;
        page.find("heading", "Order AI-0001").await?;
        tour.check("order-refunded").await?;
        tour.end()
    })
}

#[test]
fn the_example_shop() -> Result<()> {
    journey("tour-example", WIDE, async |page| {
        let mut tour = Tour { page, found: Vec::new() };
        steps::try_the_example(page).await?;
        page.find("button", ANA).await?;
        tour.check("example-counter").await?;
        for (path, name) in [
            ("/customers", "example-customers"),
            ("/orders", "example-orders"),
            ("/money", "example-money"),
            ("/partners", "example-partners"),
            ("/reports", "example-reports"),
            ("/reports/takings", "example-takings"),
            ("/refunds", "example-refunds"),
        ] {
            page.go(path).await?;
            page.see("EXAMPLE").await?;
            page.see_no("Opening your data…").await?;
            tour.check(name).await?;
        }
        tour.end()
    })
}

#[test]
fn people_and_the_lock() -> Result<()> {
    journey("tour-people", WIDE, async |page| {
        let mut tour = Tour { page, found: Vec::new() };
        with_a_clerk(page).await?;
        tour.check("people").await?;
        page.press("button", "Actions for Ana Ruiz").await?;
        page.press("menuitem", "Change the PIN").await?;
        page.within("dialog", "PIN of Ana Ruiz").press("button", "Save").await?;
        page.see("A PIN has 4 to 8 digits").await?;
        tour.check("people-pin").await?;
        page.press("button", "Cancel").await?;
        page.press("button", ANA).await?;
        page.find("menuitem", "Lock now").await?;
        tour.check("who-acts").await?;
        page.press("button", ANA).await?;
        page.press("menuitem", "Lock now").await?;
        page.find("dialog", "Locked").await?;
        page.press("DisclosureTriangle", "Forgot your PIN?").await?;
        page.fill("PIN", "1234").await?;
        page.press("button", "Unlock").await?;
        page.see("Wrong PIN").await?;
        tour.check("locked").await?;
        page.fill("PIN", "4711").await?;
        page.press("button", "Unlock").await?;
        page.lacks("dialog", "Locked").await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        tour.check("people-clerk").await?;
        tour.end()
    })
}

#[test]
fn a_credit_pay_out() -> Result<()> {
    journey("tour-payout", WIDE, async |page| {
        let mut tour = Tour { page, found: Vec::new() };
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::pay(page, "20.00").await?;
        page.go(&account).await?;
        page.see("Available credit £20.00").await?;
        tour.check("customer-with-credit").await?;
        page.act("Refund O/S").await?;
        let credit = page.full_name("checkbox", "Overpayment AP-0001").await?;
        page.check(&credit).await?;
        page.press("button", "Refund Credit Note").await?;
        page.find("alert", "There is a problem").await?;
        tour.check("refund-os").await?;
        page.go(&format!("{account}/pay-refund")).await?;
        page.choose("Refund method", "Bank transfer").await?;
        tour.check("pay-refund").await?;
        page.press("button", "Process Refund").await?;
        page.see("Refund AR-0001 of £20.00 processed").await?;
        tour.check("pay-refund-done").await?;
        page.go(&format!("{account}?tab=payments")).await?;
        page.press("link", "AP-0001").await?;
        page.press("button", "Reverse payment").await?;
        page.full_name("dialog", "Reverse payment AP-0001 of £20.00 from ").await?;
        tour.check("reverse-payment").await?;
        tour.end()
    })
}
