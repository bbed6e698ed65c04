//! The shop of a recorded profile, entered on the screens: orders, payments, credits, refunds and a reversal.

use super::expected::Customer;
use super::{PIN_OF_ANA, PIN_OF_BOB};
use crate::people::{ANA, BOB, sign_in, with_a_clerk};
use crate::steps::{self, OWED_AFTER};
use anyhow::{Context, Result};
use tests::Browser;

/// The paths of accounts and orders.
pub struct Accounts {
    pub mira: String,
    pub zoe: String,
    pub company: String,
    pub sean: String,
    pub jose: String,
    pub walk_in: String,
    pub order_of_mira: String,
    pub order_of_zoe: String,
    pub order_of_company: String,
    pub order_of_jose: String,
}

const MIRA: &str = "Mira Patel";
const ZOE: &str = "Zoë Żółć-Ångström";
const COMPANY: &str = "Müller & Söhne GmbH";
const SEAN: &str = "Seán O’Brien";
const JOSE: &str = "José Núñez";

impl Accounts {
    /// The customers with a name. Their balances are empty until they are read from the list of customers.
    pub fn customers(&self) -> Vec<Customer> {
        let customer = |(name, path): (&str, &String)| Customer {
            name: name.into(),
            path: path.clone(),
            owed: String::new(),
            credit: String::new(),
        };
        let all = [
            (MIRA, &self.mira),
            (ZOE, &self.zoe),
            (COMPANY, &self.company),
            (SEAN, &self.sean),
            (JOSE, &self.jose),
        ];
        all.map(customer).into()
    }
}

/// JavaScript that removes the name of the current database from local storage, so that the next start offers to set up
/// a shop. The profile then contains two databases: the example shop and the shop that is set up.
const FORGET_CURRENT_DATABASE: &str = "(localStorage.removeItem('counterfoil-book'), true)";

/// Opens the example shop, then sets up a second shop and enters its data.
pub async fn enter_shop(page: &Browser) -> Result<Accounts> {
    steps::try_the_example(page).await?;
    page.eval(FORGET_CURRENT_DATABASE).await?;
    with_a_clerk(page).await?;
    add_partner(page).await?;
    let (mira, order_of_mira) = refund_with_credit_and_clawback(page).await?;
    let (zoe, order_of_zoe) = card_payment_with_requested_refund(page).await?;
    let (company, order_of_company) = part_paid_by_bank(page).await?;
    let sean = credit_used_and_paid_out(page).await?;
    let (jose, order_of_jose) = bounced_check(page).await?;
    let walk_in = walk_in(page).await?;
    Ok(Accounts {
        mira,
        zoe,
        company,
        sean,
        jose,
        walk_in,
        order_of_mira,
        order_of_zoe,
        order_of_company,
        order_of_jose,
    })
}

async fn add_partner(page: &Browser) -> Result<()> {
    page.go("/partners").await?;
    page.fill("Name", "Pat Lee").await?;
    page.fill("Commission in percent", "10").await?;
    page.press("button", "Add Partner").await?;
    page.see("Pat Lee is added.").await
}

/// An order with a partner, paid in part, with change. The payment is refunded and the whole order credited, so that
/// nothing is owed; the partner's commission is taken back.
async fn refund_with_credit_and_clawback(page: &Browser) -> Result<(String, String)> {
    let account = add_customer(page, MIRA, false).await?;
    let order = place_order(page, ["Full service", "120.00", "Tax included", "20"], Some("Pat Lee")).await?;
    pay(page, "50.00", "Cash", &[("Cash received", "60.00")]).await?;
    page.go(&order).await?;
    fill_refund_step_one(page, "Payment AP-0001", "Cash").await?;
    page.press("button", "Nothing (0.00)").await?;
    page.holds(OWED_AFTER, "0.00").await?;
    page.check("Apply Refund to Referral Partner Commissions (Clawback)").await?;
    page.row_ends_with("Pat Lee", &["4.17", "0.00"]).await?;
    page.press("button", "Next").await?;
    page.press("button", "Record refund").await?;
    page.see("Refund AR-0001 of £50.00 recorded").await?;
    page.press("button", "Handed over").await?;
    page.see("The money has been handed over.").await?;
    Ok((account, order))
}

/// A customer with accents in the name, an order with tax added to the price, and a payment by card. The clerk requests
/// a refund of the payment.
async fn card_payment_with_requested_refund(page: &Browser) -> Result<(String, String)> {
    let account = add_customer(page, ZOE, false).await?;
    let order = place_order(page, ["Wheel, trued", "64.90", "Tax added", "20"], Some("Pat Lee")).await?;
    pay(page, "70.00", "Card", &[("Reference", "slip 88")]).await?;
    sign_in(page, ANA, "Bob Fox", PIN_OF_BOB).await?;
    page.go(&order).await?;
    fill_refund_step_one(page, "Payment AP-0002", "Cash").await?;
    page.press("button", "Nothing (0.00)").await?;
    page.press("button", "Next").await?;
    page.press("button", "Request refund").await?;
    page.see("Refund of £70.00 requested").await?;
    sign_in(page, BOB, "Ana Ruiz", PIN_OF_ANA).await?;
    Ok((account, order))
}

/// A company that pays parts of an order by bank transfer and in cash.
async fn part_paid_by_bank(page: &Browser) -> Result<(String, String)> {
    let account = add_customer(page, COMPANY, true).await?;
    let order = place_order(page, ["Fleet inspection", "1250.00", "No tax", ""], None).await?;
    pay(page, "1000.00", "Bank transfer", &[("Reference", "ref 2024-17")]).await?;
    page.go(&order).await?;
    pay(page, "100.00", "Cash", &[("Notes", "handed in by the driver")]).await?;
    Ok((account, order))
}

/// Credit from goodwill and from an overpayment. A part of it pays an order, and a pay-out of another part is awaiting
/// payment.
async fn credit_used_and_paid_out(page: &Browser) -> Result<String> {
    let account = add_customer(page, SEAN, false).await?;
    page.act("Add Credit").await?;
    page.fill("Amount", "30.00").await?;
    page.choose("Reason", "Goodwill").await?;
    page.press("button", "Add Credit").await?;
    page.within("dialog", "Give Seán O’Brien credit of £30.00?").press("button", "Add Credit").await?;
    page.see("of £30.00 added").await?;
    page.go(&account).await?;
    pay(page, "20.00", "Cash", &[]).await?;
    page.go(&account).await?;
    place_order(page, ["Brake pads", "18.00", "Tax included", "20"], None).await?;
    page.act("Add Payment").await?;
    page.check("Use available credit").await?;
    page.holds("Amount", "0.00").await?;
    page.press("button", "Apply Payment").await?;
    page.see("Credit of £18.00 used").await?;
    page.go(&account).await?;
    page.act("Pay Refund").await?;
    page.fill("Refund amount", "12.50").await?;
    page.choose("Refund method", "Bank transfer").await?;
    page.press("button", "Process Refund").await?;
    page.see("of £12.50 processed").await?;
    Ok(account)
}

/// A payment by check that is reversed because the check bounced.
async fn bounced_check(page: &Browser) -> Result<(String, String)> {
    let account = add_customer(page, JOSE, false).await?;
    let order = place_order(page, ["Second-hand frame", "85.00", "No tax", ""], None).await?;
    pay(page, "85.00", "Check", &[("Reference", "no. 000341")]).await?;
    page.go(&format!("{account}?tab=payments")).await?;
    page.open("AP-").await?;
    page.press("button", "Reverse payment").await?;
    let sure = page.full_name("dialog", "Reverse payment ").await?;
    let dialog = page.within("dialog", &sure);
    dialog.fill("Reason", "Bounced check").await?;
    dialog.press("button", "Reverse payment").await?;
    page.see("is reversed.").await?;
    Ok((account, order))
}

/// A sale without a named customer. Returns the path of the walk-in account.
async fn walk_in(page: &Browser) -> Result<String> {
    page.go("/pay").await?;
    page.press("button", "Walk-in").await?;
    page.fill("What was sold", "Inner tube").await?;
    page.fill("Tax included, in percent", "20").await?;
    page.fill("Amount", "6.50").await?;
    page.press("button", "Apply Payment").await?;
    page.see("of £6.50 recorded").await?;
    let path = page.path().await?;
    let id = path.split_once("customer=").and_then(|(_, rest)| rest.split('&').next());
    Ok(format!("/customers/{}", id.context("no walk-in account in the address")?))
}

/// Adds a customer and opens the account; returns its path.
async fn add_customer(page: &Browser, name: &str, company: bool) -> Result<String> {
    page.go("/customers/new").await?;
    if company {
        page.check("Company").await?;
    }
    page.fill("Name", name).await?;
    page.fill("Phone", "020 7946 0018").await?;
    page.fill("E-mail", "desk@example.net").await?;
    page.fill("Notes", "rings before noon").await?;
    page.press("button", "Add Customer").await?;
    page.find("heading", name).await?;
    page.path().await
}

/// Places an order from the open account and opens it; returns its path.
async fn place_order(
    page: &Browser,
    [item, price, tax, rate]: [&str; 4],
    partner: Option<&str>,
) -> Result<String> {
    page.act("Add Order").await?;
    page.fill("Item", item).await?;
    page.fill("Unit price", price).await?;
    page.choose("Tax", tax).await?;
    if !rate.is_empty() {
        page.fill("Tax rate in percent", rate).await?;
    }
    if let Some(partner) = partner {
        page.choose("Sale partner", partner).await?;
    }
    page.press("button", "Place Order").await?;
    let open = page.full_name("link", "Open order ").await?;
    page.press("link", &open).await?;
    page.find("link", "Add Payment").await?;
    page.path().await
}

/// Records a payment from the open order or account.
async fn pay(page: &Browser, amount: &str, method: &str, more: &[(&str, &str)]) -> Result<()> {
    page.act("Add Payment").await?;
    page.find("heading", "Add Payment").await?;
    page.fill("Amount", amount).await?;
    page.choose("Payment Type", method).await?;
    for (field, text) in more {
        page.fill(field, text).await?;
    }
    page.press("button", "Apply Payment").await?;
    page.full_name("heading", "Payment AP-").await.map(drop)
}

/// Completes the first step of a refund from the open order.
async fn fill_refund_step_one(page: &Browser, payment: &str, method: &str) -> Result<()> {
    page.act("Refund Payment").await?;
    let payment = page.full_name("checkbox", payment).await?;
    page.check(&payment).await?;
    page.choose("Reason", "Returned goods").await?;
    page.choose("Refund method", method).await?;
    page.press("button", "Next").await?;
    page.find_any(&["textbox"], OWED_AFTER).await.map(drop)
}
