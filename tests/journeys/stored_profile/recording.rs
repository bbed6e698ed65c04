//! Records a profile: enters the data of a shop, leaves drafts in forms, reads the screens, and packs the browser's
//! storage.

use super::expected::{Drawer, Expected, Screen};
use super::page_data;
use super::shop::{Accounts, enter_shop};
use super::{ARCHIVE, DRAWER, EXPECTED};
use crate::steps::OWED_AFTER;
use crate::{backup, lock};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tests::{Browser, Journey, WIDE, journey_in, pack, until};

/// Records a profile into a folder.
pub fn record(folder: &Path) -> Result<()> {
    let profile = tempfile::tempdir()?;
    journey_in(profile.path(), "record-profile", WIDE, async |page| {
        let expected = walk(page).await?;
        page.close_browser().await?;
        let lock = profile.path().join("SingletonLock");
        let ended = async || Ok(lock.symlink_metadata().is_err().then_some(()));
        until("the browser to release its profile", ended).await?;
        pack(profile.path(), &folder.join(ARCHIVE))?;
        expected.save(&folder.join(EXPECTED))
    })
}

async fn walk(page: &Journey) -> Result<Expected> {
    let accounts = enter_shop(page).await?;
    set_preferences(page).await?;
    let backup = tempfile::tempdir()?;
    let file = backup::save(page, backup.path()).await?;
    let mut expected = Expected {
        recorded: recorded(page).await?,
        shop: "Harbour Cycles".into(),
        entries: page.entry_count().await?,
        entries_of_shop: fs::read_to_string(file)?.lines().count() as u64,
        partners: vec!["Pat Lee".into()],
        notes: local_storage_texts(page).await?,
        ..Expected::default()
    };
    expected.customers = accounts.customers();
    read_screens(page, &accounts, &mut expected).await?;
    fill_forms(page, &accounts, &mut expected).await?;
    page.go("/counter").await?;
    page.see("Harbour Cycles").await?;
    expected.looks = page_data::preferences(page).await?;
    expected.to_do = until("the count to do", async || page_data::to_do_count(page).await).await?;
    ensure!(expected.to_do == 2, "one request and one pay-out are to do, not {}", expected.to_do);
    lock::lock(page).await?;
    expected.stored = page_data::stored_names(page).await?;
    Ok(expected)
}

/// Version of the app, date and browser.
async fn recorded(page: &Browser) -> Result<String> {
    let facts = "`recorded on ${new Date().toISOString().slice(0, 10)} with ${navigator.userAgent.match(/Chrom\\S+/)}`";
    let facts = page.eval(facts).await?;
    Ok(format!("version {} {}", env!("CARGO_PKG_VERSION"), facts.as_str().unwrap_or_default()))
}

/// Changes each preference from its default.
async fn set_preferences(page: &Browser) -> Result<()> {
    page.go("/settings/appearance").await?;
    page.check("Dark").await?;
    page.uncheck("Keyboard shortcuts").await?;
    page.go("/settings/people").await?;
    page.choose("Lock after", "30 minutes").await
}

/// The texts of local storage that a payment or a backup changes.
async fn local_storage_texts(page: &Browser) -> Result<BTreeMap<String, String>> {
    let all = page_data::storage(page, "localStorage").await?;
    let database: String = serde_json::from_str(all.get("counterfoil-book").context("no current shop")?)?;
    let names = [format!("{database}-chains"), format!("{database}-backup")];
    let texts = names.map(|name| all.get(&name).cloned().map(|text| (name, text)));
    texts.into_iter().collect::<Option<_>>().context("a text of the shop is missing in local storage")
}

/// Reads the data of the lists, the accounts and the orders.
async fn read_screens(page: &Browser, accounts: &Accounts, expected: &mut Expected) -> Result<()> {
    let names = expected.names();
    let tabs = |account: &String, tabs: &[&str]| {
        tabs.iter().map(|tab| format!("{account}?tab={tab}")).collect::<Vec<_>>()
    };
    let mut paths = ["/customers", "/orders", "/partners"].map(str::to_owned).to_vec();
    paths.extend(tabs(&accounts.mira, &["orders", "payments", "credits", "refunds"]));
    paths.extend(tabs(&accounts.zoe, &["orders", "payments", "refunds"]));
    paths.extend(tabs(&accounts.company, &["orders", "payments"]));
    paths.extend(tabs(&accounts.sean, &["orders", "payments", "credits", "refunds"]));
    paths.extend(tabs(&accounts.jose, &["orders", "payments"]));
    paths.extend(tabs(&accounts.walk_in, &["orders", "payments"]));
    let orders = [
        &accounts.order_of_mira,
        &accounts.order_of_zoe,
        &accounts.order_of_company,
        &accounts.order_of_jose,
    ];
    paths.extend(orders.into_iter().cloned());
    for path in paths {
        let screen = stable_screen(page, &path, &names).await?;
        expected.screens.insert(path, screen);
    }
    let balances = expected.screens.get("/customers").context("the list of customers was not read")?;
    for customer in &mut expected.customers {
        let row = balances.rows.iter().find(|row| row.first() == Some(&customer.name));
        let row = row.with_context(|| format!("{} is not in the list", customer.name))?;
        let [.., owed, credit] = row.as_slice() else { anyhow::bail!("no balance: {row:?}") };
        (customer.owed, customer.credit) = (owed.clone(), credit.clone());
    }
    expected.next_payment = next_payment(expected.screens.values())?;
    Ok(())
}

/// Opens a screen and reads it until it shows data, and the same data twice in a row.
async fn stable_screen(page: &Browser, path: &str, names: &[String]) -> Result<Screen> {
    page.go(path).await?;
    let mut before = Screen::default();
    until(&format!("stable figures of {path}"), async || {
        let now = page_data::screen(page, names).await?;
        let same = now == before && !(now.rows.is_empty() && now.sums.is_empty());
        before = now;
        Ok(same.then(|| before.clone()))
    })
    .await
}

/// The document number after the highest number of all payments.
fn next_payment<'a>(screens: impl Iterator<Item = &'a Screen>) -> Result<String> {
    let words = screens.flat_map(|screen| screen.rows.iter().flatten());
    let numbers =
        words.filter(|word| page_data::is_document(word)).filter_map(|word| word.strip_prefix("AP-"));
    let highest = numbers.filter_map(|number| number.parse::<u32>().ok()).max().context("no payments")?;
    Ok(format!("AP-{:04}", highest + 1))
}

/// Leaves a draft in one form of each kind, and reads the values of these forms and of the settings.
async fn fill_forms(page: &Browser, accounts: &Accounts, expected: &mut Expected) -> Result<()> {
    page.go(&format!("{}/orders/new", accounts.company)).await?;
    page.fill("Item", "Bell and basket").await?;
    page.fill("Unit price", "17.90").await?;
    page.choose("Tax", "Tax added").await?;
    page.fill("Customer’s reference", "PO 4711-B").await?;
    record_form(page, expected, &["Bell and basket", "17.90", "PO 4711-B"]).await?;

    page.go(&accounts.order_of_zoe).await?;
    page.act("Add Payment").await?;
    page.fill("Amount", "3.21").await?;
    page.choose("Payment Type", "Check").await?;
    page.fill("Reference", "no. 000342").await?;
    page.fill("Notes", "the rest on Friday").await?;
    // Before the account is read, the form knows no invoice.
    let order = accounts.order_of_zoe.rsplit('/').next().context("the address of an order")?;
    record_form(page, expected, &["3.21", "no. 000342", "the rest on Friday", order]).await?;

    page.go(&format!("{}/credit", accounts.mira)).await?;
    page.fill("Amount", "5.55").await?;
    page.choose("Reason", "Other").await?;
    page.fill("Describe the reason", "a late delivery").await?;
    record_form(page, expected, &["5.55", "a late delivery"]).await?;

    page.go(&format!("{}/pay-refund", accounts.sean)).await?;
    page.fill("Refund amount", "1.11").await?;
    page.choose("Refund method", "Cash").await?;
    page.fill("Refund note", "on Saturday").await?;
    record_form(page, expected, &["1.11", "on Saturday"]).await?;

    page.go(&accounts.order_of_company).await?;
    page.act("Refund Payment").await?;
    let payment = page.full_name("checkbox", "Payment AP-0004").await?;
    page.check(&payment).await?;
    page.choose("Reason", "Overcharge").await?;
    page.choose("Refund method", "Cash").await?;
    page.press("button", "Next").await?;
    page.fill(OWED_AFTER, "160.00").await?;
    record_form(page, expected, &["160.00"]).await?;
    expected.drawer = drawer(page).await?;

    page.go("/settings/appearance").await?;
    page.find_any(&["radio"], "Dark").await?;
    record_form(page, expected, &["dark"]).await?;
    page.go("/settings/people").await?;
    page.find_any(&["combobox"], "Lock after").await?;
    record_form(page, expected, &["30"]).await?;
    expected.tab = page_data::storage(page, "sessionStorage").await?;
    Ok(())
}

/// Reloads the open form, so that its values come from the session storage, and records them.
async fn record_form(page: &Browser, expected: &mut Expected, typed: &[&str]) -> Result<()> {
    let path = page.path().await?;
    page.reload().await?;
    let typed: Vec<_> = typed.iter().map(|&text| text.to_owned()).collect();
    let values = until(&format!("{typed:?} in the form of {path} after a reload"), async || {
        let values = page_data::form(page).await?;
        Ok(page_data::missing(&typed, &values).is_empty().then_some(values))
    })
    .await?;
    expected.forms.insert(path, values);
    Ok(())
}

/// The cash in the drawer, from the preview of the open refund.
async fn drawer(page: &Browser) -> Result<Drawer> {
    let path = page.path().await?;
    let row = async || {
        let rows = page.rows().await?;
        let row = rows.into_iter().find(|row| row.iter().any(|cell| cell.contains(DRAWER)));
        let figures: Vec<_> = row
            .into_iter()
            .flatten()
            .filter(|cell| cell.ends_with(|last: char| last.is_ascii_digit()))
            .collect();
        let [.., before, after] = figures.as_slice() else { return Ok(None) };
        Ok(Some((before.clone(), after.clone())))
    };
    let (before, after) = until("the drawer in the preview", row).await?;
    Ok(Drawer { path, before, after })
}
