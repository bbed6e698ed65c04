//! Steps that many journeys share.

use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;
use tests::{Browser, DRAWER, NARROW, Said, counterfoil};

/// The question of the refund wizard, which is the name of its field.
pub const OWED_AFTER: &str = "How much should the client owe you after this transaction is complete?";

/// Sets up a shop in pounds, as its first admin.
pub async fn set_up(page: &Browser) -> Result<()> {
    fill_set_up(page).await?;
    page.press("link", "Go to the counter").await?;
    page.find("link", "Add Order").await.map(drop)
}

/// Sets up that shop and waits for the confirmation.
pub async fn fill_set_up(page: &Browser) -> Result<()> {
    page.go("/").await?;
    page.press("button", "Set up this shop").await?;
    page.fill("Shop name", "Harbour Cycles").await?;
    page.choose("Currency", "GBP").await?;
    page.fill("Your name", "Ana Ruiz").await?;
    page.fill("PIN", "4711").await?;
    page.press("button", "Set up this shop").await?;
    page.see("Harbour Cycles is set up").await
}

/// Opens the example shop from the first start.
pub async fn try_the_example(page: &Browser) -> Result<()> {
    page.go("/").await?;
    page.press("button", "Try the example shop").await?;
    page.see("EXAMPLE").await?;
    page.find("link", "Add Order").await.map(drop)
}

/// Adds a customer and opens their account.
pub async fn add_customer(page: &Browser, name: &str) -> Result<()> {
    page.go("/customers/new").await?;
    page.fill("Name", name).await?;
    page.press("button", "Add Customer").await?;
    page.find("heading", name).await.map(drop)
}

/// Adds an order of 120.00 with 20 % tax included from the open account, and opens it.
pub async fn add_order(page: &Browser) -> Result<()> {
    page.act("Add Order").await?;
    order_line(page).await?;
    page.press("button", "Place Order").await?;
    open_order(page).await
}

/// Places an order of one line without tax from the open account.
pub async fn place_order(page: &Browser, price: &str) -> Result<()> {
    page.act("Add Order").await?;
    page.fill("Item", "Full service").await?;
    page.fill("Unit price", price).await?;
    page.press("button", "Place Order").await?;
    page.see(&format!("of £{price} placed")).await
}

/// Chooses an item of the menu of the open page; on a narrow screen the page's actions are in it too.
pub async fn choose_of_page(page: &Browser, name: &str, item: &str) -> Result<()> {
    let own = format!("Actions for {name}");
    let menu = match page.size() {
        NARROW => "More actions",
        _ => own.as_str(),
    };
    page.press("button", menu).await?;
    page.press("menuitem", item).await
}

/// Waits until the order is placed, and opens it from the confirmation.
pub async fn open_order(page: &Browser) -> Result<()> {
    page.find("heading", "Order AI-0001 of £120.00 placed").await?;
    page.press("link", "Open order AI-0001").await?;
    page.find("heading", "Order AI-0001").await.map(drop)
}

/// Fills in the only order line: a service for 120.00, including tax of 20.00.
pub async fn order_line(page: &Browser) -> Result<()> {
    page.fill("Item", "Full service").await?;
    page.fill("Unit price", "120.00").await?;
    page.choose("Tax", "Tax included").await?;
    page.fill("Tax rate in percent", "20").await
}

/// Records a cash payment from the open order or account, and checks that the money adds up.
pub async fn pay(page: &Browser, amount: &str) -> Result<()> {
    let money = page.money_before().await?;
    pay_uncounted(page, amount).await?;
    money.adds_up(page, Said::Take(DRAWER, amount)).await
}

/// Records a cash payment where no other tab may be opened to count the money.
pub async fn pay_uncounted(page: &Browser, amount: &str) -> Result<()> {
    page.act("Add Payment").await?;
    page.find("heading", "Add Payment").await?;
    page.fill("Amount", amount).await?;
    page.choose("Payment Type", "Cash").await?;
    page.press("button", "Apply Payment").await?;
    page.see(&format!("of £{amount} recorded")).await
}

/// Sets up a shop with a customer who owes 70.00 of an order of 120.00, and opens the order.
pub async fn part_paid(page: &Browser) -> Result<()> {
    set_up(page).await?;
    add_customer(page, "Mira Patel").await?;
    add_order(page).await?;
    pay(page, "50.00").await?;
    page.press("link", "Back to order AI-0001").await?;
    page.find("heading", "Order AI-0001").await.map(drop)
}

/// Opens the refund wizard from the open order and completes its first step: 50.00 in cash.
pub async fn fill_refund_step_one(page: &Browser) -> Result<()> {
    page.act("Refund Payment").await?;
    page.find("heading", "Refund Payment").await?;
    select_payment(page).await?;
    page.choose("Reason", "Returned goods").await?;
    page.choose("Refund method", "Cash").await?;
    page.press("button", "Next").await?;
    page.find_any(&["textbox"], OWED_AFTER).await.map(drop)
}

/// Selects the only payment of the order for the refund.
pub async fn select_payment(page: &Browser) -> Result<()> {
    let payment = page.full_name("checkbox", "Payment AP-0001 in cash").await?;
    page.check(&payment).await
}

/// Opens a file in an open book, and adds what it brings as its first admin.
pub async fn add_entries(page: &Browser, file: &Path, missing: &str) -> Result<()> {
    page.upload("Open a backup", file).await?;
    page.see(&format!("{missing} missing here. Nothing has been added yet.")).await?;
    page.fill("Your PIN", "4711").await?;
    page.press("button", "Add the entries").await
}

/// Opens a customer's account through the search on the counter.
pub async fn find_customer(page: &Browser, name: &str) -> Result<()> {
    page.go("/counter").await?;
    page.fill("Find customer", name).await?;
    page.press("option", name).await?;
    page.find("heading", name).await.map(drop)
}

/// Pays out the only credit of the open account.
pub async fn pay_out(page: &Browser, method: &str) -> Result<()> {
    page.act("Refund O/S").await?;
    let credit = page.full_name("checkbox", "Overpayment AP-").await?;
    page.check(&credit).await?;
    page.choose("Refund method", method).await?;
    page.press("button", "Refund Credit Note").await?;
    page.within("dialog", "Are you sure you want to create a new refund?").press("button", "Yes").await?;
    page.see("Refund AR-").await
}

/// Sets up a shop with a customer who owes 100.00 and 72.00, and opens the payment form with both invoices. Returns the
/// path of the account.
pub async fn two_invoices(page: &Browser) -> Result<String> {
    set_up(page).await?;
    add_customer(page, "Mira Patel").await?;
    let account = page.path().await?;
    for price in ["100.00", "72.00"] {
        page.go(&account).await?;
        place_order(page, price).await?;
    }
    page.go(&account).await?;
    page.act("Add Payment").await?;
    page.choose("Invoice", "Several invoices").await?;
    Ok(account)
}

/// Opens a day book of a shop named Corner Shop as a backup, in an empty browser.
pub async fn open_day_book(page: &Browser, text: &str) -> Result<()> {
    open_entries(page, text, |_| true).await
}

/// Opens those of its entries whose lines are kept.
pub async fn open_entries(page: &Browser, text: &str, keep: impl Fn(&str) -> bool) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (day, book) = (folder.path().join("day.daybook"), folder.path().join("book.jsonl"));
    fs::write(&day, text)?;
    let made = Command::new(counterfoil()?).args(["daybook", "journal"]).arg(&day).output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let lines = String::from_utf8(made.stdout)?;
    let kept: Vec<_> = lines.split_inclusive('\n').filter(|line| keep(line)).collect();
    fs::write(&book, kept.concat())?;
    page.go("/").await?;
    page.upload("Open a backup", &book).await?;
    page.find("heading", "Corner Shop is back").await?;
    page.press("link", "Go to the counter").await?;
    page.press("button", "A drawer of its own").await
}

/// Sets the date field with this id, as the browser's picker does.
pub async fn set_date(page: &Browser, id: &str, date: &str) -> Result<()> {
    let script = format!(
        "(() => {{ const field = document.getElementById('{id}'); field.value = '{date}';
            field.dispatchEvent(new Event('input', {{bubbles: true}})) }})()"
    );
    page.eval(&script).await.map(drop)
}
