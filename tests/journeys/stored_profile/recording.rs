//! Records a profile: enters a shop, leaves forms half filled, notes what the screens show, and packs what the browser
//! stored.

use super::expected::{Drawer, Expected, Screen};
use super::shop::{Accounts, shop};
use super::sight;
use super::{ARCHIVE, DRAWER, EXPECTED};
use crate::steps::OWED_AFTER;
use crate::{backup, lock};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tests::{Browser, Journey, WIDE, journey_in, pack, until};

/// Records into a folder.
pub fn record(folder: &Path) -> Result<()> {
    let profile = tempfile::tempdir()?;
    journey_in(profile.path(), "record-profile", WIDE, async |page| {
        let expected = walk(page).await?;
        page.close_browser().await?;
        let lock = profile.path().join("SingletonLock");
        let ended = async || Ok(lock.symlink_metadata().is_err().then_some(()));
        until("the browser to let go of its profile", ended).await?;
        pack(profile.path(), &folder.join(ARCHIVE))?;
        expected.save(&folder.join(EXPECTED))
    })
}

async fn walk(page: &Journey) -> Result<Expected> {
    let accounts = shop(page).await?;
    preferences(page).await?;
    let backup = tempfile::tempdir()?;
    let file = backup::save(page, backup.path()).await?;
    let mut expected = Expected {
        recorded: recorded(page).await?,
        shop: "Harbour Cycles".into(),
        entries: page.entry_count().await?,
        entries_of_shop: fs::read_to_string(file)?.lines().count() as u64,
        partners: vec!["Pat Lee".into()],
        notes: notes(page).await?,
        ..Expected::default()
    };
    expected.customers = accounts.named();
    read_screens(page, &accounts, &mut expected).await?;
    fill_forms(page, &accounts, &mut expected).await?;
    page.go("/counter").await?;
    page.see("Harbour Cycles").await?;
    expected.looks = sight::looks(page).await?;
    expected.to_do = until("the count of what waits", async || sight::waiting(page).await).await?;
    ensure!(expected.to_do == 2, "a request and a pay-out wait, not {}", expected.to_do);
    lock::lock(page).await?;
    expected.stored = sight::names(page).await?;
    Ok(expected)
}

async fn recorded(page: &Browser) -> Result<String> {
    let facts = "`recorded on ${new Date().toISOString().slice(0, 10)} with ${navigator.userAgent.match(/Chrom\\S+/)}`";
    let facts = page.eval(facts).await?;
    Ok(format!("version {} {}", env!("CARGO_PKG_VERSION"), facts.as_str().unwrap_or_default()))
}

/// Other than they are by default.
async fn preferences(page: &Browser) -> Result<()> {
    page.go("/settings").await?;
    page.check("Dark").await?;
    page.uncheck("Single letters are keys").await?;
    page.choose("Lock after", "30 minutes").await
}

/// The texts in local storage about how far the shop's book has come.
async fn notes(page: &Browser) -> Result<BTreeMap<String, String>> {
    let all = sight::storage(page, "localStorage").await?;
    let book: String = serde_json::from_str(all.get("counterfoil-book").context("no current book")?)?;
    let names = [format!("{book}-mark"), format!("{book}-backup")];
    let notes = names.map(|name| all.get(&name).cloned().map(|text| (name, text)));
    notes.into_iter().collect::<Option<_>>().context("the book has no notes")
}

async fn read_screens(page: &Browser, accounts: &Accounts, expected: &mut Expected) -> Result<()> {
    let names = expected.names();
    let tabs = |account: &String, tabs: &[&str]| {
        tabs.iter().map(|tab| format!("{account}?tab={tab}")).collect::<Vec<_>>()
    };
    let mut paths = ["/customers", "/orders", "/partners", "/refunds"].map(str::to_owned).to_vec();
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
        let screen = settled(page, &path, &names).await?;
        expected.screens.insert(path, screen);
    }
    let balances = expected.screens.get("/customers").context("customers were read")?;
    for customer in &mut expected.customers {
        let row = balances.rows.iter().find(|row| row.first() == Some(&customer.name));
        let row = row.with_context(|| format!("{} is not in the list", customer.name))?;
        let [.., owed, credit] = row.as_slice() else { anyhow::bail!("no balance: {row:?}") };
        (customer.owed, customer.credit) = (owed.clone(), credit.clone());
    }
    expected.next_payment = next_payment(expected.screens.values())?;
    Ok(())
}

/// A screen that shows something, twice the same.
async fn settled(page: &Browser, path: &str, names: &[String]) -> Result<Screen> {
    page.go(path).await?;
    let mut before = Screen::default();
    until(&format!("figures of {path} that stay"), async || {
        let now = sight::screen(page, names).await?;
        let same = now == before && !(now.rows.is_empty() && now.sums.is_empty());
        before = now;
        Ok(same.then(|| before.clone()))
    })
    .await
}

/// The number behind the highest of all payments.
fn next_payment<'a>(screens: impl Iterator<Item = &'a Screen>) -> Result<String> {
    let words = screens.flat_map(|screen| screen.rows.iter().flatten());
    let numbers = words.filter(|word| sight::is_document(word)).filter_map(|word| word.strip_prefix("AP-"));
    let highest = numbers.filter_map(|number| number.parse::<u32>().ok()).max().context("no payments")?;
    Ok(format!("AP-{:04}", highest + 1))
}

/// One form of each kind, left half filled, and the settings.
async fn fill_forms(page: &Browser, accounts: &Accounts, expected: &mut Expected) -> Result<()> {
    page.go(&format!("{}/orders/new", accounts.company)).await?;
    page.fill("Item", "Bell and basket").await?;
    page.fill("Unit price", "17.90").await?;
    page.choose("Tax", "Tax on top").await?;
    page.fill("Customer’s reference", "PO 4711-B").await?;
    keep(page, expected, &["Bell and basket", "17.90", "PO 4711-B"]).await?;

    page.go(&accounts.order_of_zoe).await?;
    page.press("link", "Add Payment").await?;
    page.fill("Amount", "3.21").await?;
    page.choose("Payment Type", "Check").await?;
    page.fill("Reference", "no. 000342").await?;
    page.fill("Notes", "the rest on Friday").await?;
    keep(page, expected, &["3.21", "no. 000342", "the rest on Friday"]).await?;

    page.go(&format!("{}/credit", accounts.mira)).await?;
    page.fill("Amount", "5.55").await?;
    page.choose("Reason", "Other").await?;
    page.fill("Reason in your words", "a late delivery").await?;
    keep(page, expected, &["5.55", "a late delivery"]).await?;

    page.go(&format!("{}/pay-refund", accounts.sean)).await?;
    page.fill("Refund amount", "1.11").await?;
    page.choose("Refund method", "Cash").await?;
    page.fill("Refund note", "on Saturday").await?;
    keep(page, expected, &["1.11", "on Saturday"]).await?;

    page.go(&accounts.order_of_company).await?;
    page.press("link", "Refund Payment").await?;
    let payment = page.full_name("checkbox", "Payment AP-0004").await?;
    page.check(&payment).await?;
    page.choose("Reason", "Overcharge").await?;
    page.choose("Refund method", "Cash").await?;
    page.press("button", "Next").await?;
    page.fill(OWED_AFTER, "160.00").await?;
    keep(page, expected, &["160.00"]).await?;
    expected.drawer = drawer(page).await?;

    page.go("/settings").await?;
    page.find_any(&["combobox"], "Lock after").await?;
    keep(page, expected, &["dark", "30"]).await?;
    expected.tab = sight::storage(page, "sessionStorage").await?;
    Ok(())
}

/// Loads the form in front again, so that what it shows comes from the tab's storage, and notes its values.
async fn keep(page: &Browser, expected: &mut Expected, typed: &[&str]) -> Result<()> {
    let path = page.path().await?;
    page.reload().await?;
    let typed: Vec<_> = typed.iter().map(|&text| text.to_owned()).collect();
    let values = until(&format!("{typed:?} in the form of {path} again"), async || {
        let values = sight::form(page).await?;
        Ok(sight::lacking(&typed, &values).is_empty().then_some(values))
    })
    .await?;
    expected.forms.insert(path, values);
    Ok(())
}

/// What is in the drawer, from the preview of the refund in front.
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
