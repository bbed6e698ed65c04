//! The current app opens the browser profiles of earlier versions: no stored name, location or format may change
//! unless the app converts the stored data.
//!
//! `tests/profiles/` has one folder for each recorded version of the app. `profile.tar.gz` contains the browser's
//! storage of the app after the browser was closed. `expected.json` contains the data that the screens showed: names,
//! document numbers, amounts and values of fields, but no texts of the interface. To record the current version:
//!
//! ```text
//! cargo xtask build
//! COUNTERFOIL_RECORD=1 cargo test -p tests --test journeys stored_profile::a_profile
//! ```
//!
//! This creates the folder of the version in `Cargo.toml`, and fails if the folder exists: each version is recorded
//! once, and its folder is never changed. Without the variable, the same test records into a temporary folder, so that
//! the recording itself stays tested.

mod expected;
mod page_data;
mod recording;
mod shop;

use crate::people::{ANA, BOB, sign_in};
use crate::{backup, lock, steps};
use anyhow::{Context, Result, bail, ensure};
use expected::Expected;
use std::fs;
use std::path::Path;
use std::process::Command;
use tests::{Browser, Journey, WIDE, counterfoil, journey_in, profiles, unpack, until};

/// The name of the counter's cash account in the preview of a refund.
const DRAWER: &str = "Drawer A";

/// Endings of stored names that later versions added on purpose, in the format of `page_data::stored_names`. A name
/// belongs here only if no earlier version stored the same data under another name.
const ADDED: [&str; 20] = [
    // That everything was in the second copy once, and that it gave its room.
    "-mirrored",
    "-no-mirror",
    // The hash of the recovery code.
    "/recovery",
    // The mark of all chains, in the place of that of the last one.
    "-chains",
    // How far the stored lines are verified.
    "-verified",
    // Numbers and ids that two accounts share.
    " meta clashes",
    // Accounts with an entry that counts after their last business date.
    " meta later",
    // Entries that came after their day was sealed.
    " meta late",
    // The fourth layout of the database.
    " version 4",
    // Pages of the keys of entries that arrived in bulk, and the number of their runs.
    " keys by null",
    " meta key-runs",
    // The second layout: a journal by account and arrival, with branches.
    " journal by account,arrival",
    " journal arrival by arrival",
    " journal keys by keys",
    " journal place by places",
    " meta arrivals",
    // The rows of all orders, in the third layout.
    " orders by null",
    // The mails that wait on the device, and whether the endpoint sends mails.
    " meta mails",
    "-mails",
    // The items and the logo.
    " meta catalogue",
];

/// The PINs of the recorded shop.
const PIN_OF_ANA: &str = "4711";
const PIN_OF_BOB: &str = "2580";

const ARCHIVE: &str = "profile.tar.gz";
const EXPECTED: &str = "expected.json";

#[test]
fn every_profile_of_an_earlier_version_opens() -> Result<()> {
    let mut folders: Vec<_> =
        fs::read_dir(profiles())?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    folders.sort();
    ensure!(!folders.is_empty(), "no profile is stored");
    folders.iter().try_for_each(|folder| opens(folder))
}

#[test]
fn a_profile_recorded_now_opens() -> Result<()> {
    let folder = tempfile::tempdir()?;
    recording::record(folder.path())?;
    opens(folder.path())?;
    if std::env::var_os("COUNTERFOIL_RECORD").is_some() { store(folder.path()) } else { Ok(()) }
}

/// Copies a recording to the folder of this version, for example `tests/profiles/0.1`. The folder must not exist yet.
fn store(recorded: &Path) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let folder = profiles().join(version.rsplit_once('.').map_or(version, |(short, _)| short));
    fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for name in [ARCHIVE, EXPECTED] {
        fs::copy(recorded.join(name), folder.join(name))?;
    }
    Ok(())
}

/// Opens a stored profile with the current app and compares the screens with the recorded data.
fn opens(folder: &Path) -> Result<()> {
    let expected = Expected::load(&folder.join(EXPECTED))?;
    let profile = tempfile::tempdir()?;
    unpack(&folder.join(ARCHIVE), profile.path())?;
    journey_in(profile.path(), "stored-profile", WIDE, async |page| walk(page, &expected).await)
        .with_context(|| format!("the profile in {}, {}", folder.display(), expected.recorded))
}

async fn walk(page: &Journey, expected: &Expected) -> Result<()> {
    opens_locked_shop(page, expected).await?;
    let entries = page.entry_count().await?;
    ensure!(entries == expected.entries, "{entries} entries instead of {}", expected.entries);
    shows_the_same_figures(page, expected).await?;
    restores_the_drafts(page, expected).await?;
    sign_in(page, ANA, "Bob Fox", PIN_OF_BOB).await?;
    sign_in(page, BOB, "Ana Ruiz", PIN_OF_ANA).await?;
    records_the_next_payment(page, expected).await?;
    saves_a_valid_backup(page, expected).await?;
    uses_the_same_stored_names(page, expected).await
}

/// The recorded shop opens without set-up; it is locked, and the recorded PIN unlocks it. The recorded preferences are
/// still set.
async fn opens_locked_shop(page: &Browser, expected: &Expected) -> Result<()> {
    page.go("/counter").await?;
    lock::unlock(page, PIN_OF_ANA).await?;
    page.see(&expected.shop).await?;
    let same = async || Ok((page_data::preferences(page).await? == expected.looks).then_some(()));
    until(&format!("the preferences {:?}", expected.looks), same).await
}

/// Every screen shows all of its recorded data, and the navigation shows the number of open tasks.
async fn shows_the_same_figures(page: &Browser, expected: &Expected) -> Result<()> {
    // The queue shows one section at a time since; the same refunds are compared on their accounts, and their number below.
    for (path, screen) in expected.screens.iter().filter(|(path, _)| *path != "/refunds") {
        page.go(path).await?;
        let names = expected.names();
        let complete = async || match screen.missing_in(&page_data::screen(page, &names).await?) {
            missing if missing.is_empty() => Ok(Some(())),
            missing => bail!("{}", missing.join("; ")),
        };
        until(&format!("the figures of {path}"), complete).await?;
    }
    page.go("/counter").await?;
    let same = async || Ok((page_data::to_do_count(page).await? == Some(expected.to_do)).then_some(()));
    until(&format!("a count of {} to do", expected.to_do), same).await
}

/// The forms show their recorded drafts. Drafts are in the session storage of a tab, which does not survive the end of
/// the browser. The test therefore writes the recorded texts to the session storage, as in a tab that stays open while
/// the app is updated.
async fn restores_the_drafts(page: &Browser, expected: &Expected) -> Result<()> {
    page_data::write_session_storage(page, &expected.tab).await?;
    for (path, values) in expected.forms.iter().flat_map(|(path, values)| moved(path, values)) {
        page.go(path).await?;
        let complete = async || match page_data::missing(&values, &page_data::form(page).await?) {
            missing if missing.is_empty() => Ok(Some(())),
            missing => bail!("{missing:?} are not in the form"),
        };
        until(&format!("the recorded values in the form of {path}"), complete).await?;
    }
    page.go(&expected.drawer.path).await?;
    page.row_ends_with(DRAWER, &[&expected.drawer.before, &expected.drawer.after]).await
}

/// Where the fields of a form are now. Version 0.1 had all settings on one page: the theme first, then the idle time.
fn moved<'a>(path: &'a str, values: &[String]) -> Vec<(&'a str, Vec<String>)> {
    if path != "/settings" {
        return vec![(path, values.to_vec())];
    }
    let places = ["/settings/appearance", "/settings/people"];
    places.into_iter().zip(values.iter().map(|value| vec![value.clone()])).collect()
}

/// The next document number follows without a gap, in the same series.
async fn records_the_next_payment(page: &Browser, expected: &Expected) -> Result<()> {
    let customer = expected.customers.first().context("no customer was recorded")?;
    page.go(&customer.path).await?;
    page.find("link", "Add Payment").await?;
    // The date is asked for once the recording is more than a day old.
    if page.text().await?.contains("The last entry was recorded at quite another time") {
        page.press("button", "Yes, that is today").await?;
        page.see_no("The last entry was recorded at quite another time").await?;
    }
    steps::pay_uncounted(page, "5.00").await?;
    page.see(&expected.next_payment).await?;
    ensure!(page.entry_count().await? == expected.entries + 1, "the payment is not exactly one entry");
    Ok(())
}

/// A backup contains the recorded entries and the new payment; its chain of hashes is valid, and every account agrees
/// with its entries.
async fn saves_a_valid_backup(page: &Browser, expected: &Expected) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = backup::save(page, folder.path()).await?;
    let entries = fs::read_to_string(&file)?.lines().count() as u64;
    ensure!(entries == expected.entries_of_shop + 1, "{entries} entries in the backup");
    for check in ["verify", "recalculate"] {
        let done = Command::new(counterfoil()?).args(["journal", check]).arg(&file).output()?;
        let output = [done.stdout, done.stderr].concat();
        ensure!(done.status.success(), "journal {check}: {}", String::from_utf8_lossy(&output));
    }
    Ok(())
}

/// The current app stores everything under the recorded names: no name is new, and the payment and the backup changed
/// the recorded texts of local storage.
async fn uses_the_same_stored_names(page: &Browser, expected: &Expected) -> Result<()> {
    let mut new = page_data::missing(&page_data::stored_names(page).await?, &expected.stored);
    new.retain(|name| !ADDED.iter().any(|added| name.ends_with(added)));
    ensure!(new.is_empty(), "stored under new names: {new:?}");
    for (name, before) in &expected.notes {
        if let Some(store) = name.strip_suffix("-mark") {
            let now = page_data::local_storage_text(page, &format!("{store}-chains")).await?;
            let head: serde_json::Value = serde_json::from_str(before)?;
            let hash = head.pointer("/head/hash").and_then(|hash| hash.as_str()).context("no hash")?;
            let now = now.unwrap_or_default();
            ensure!(!now.contains(hash) && now.contains("\"letter\":\"A\""), "the mark goes on: {now}");
            continue;
        }
        let now = page_data::local_storage_text(page, name).await?;
        ensure!(now.as_ref().is_some_and(|now| now != before), "{name} was {before} and is {now:?}");
    }
    Ok(())
}
