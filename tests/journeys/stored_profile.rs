//! A browser profile that an earlier version of the app left opens in this one: nothing stored may change its name,
//! its place or its form unless the app converts it.
//!
//! `tests/profiles/` has one folder for each version of the app that was recorded. `profile.tar.gz` is what the
//! browser had stored for the app when it was closed; `expected.json` is what the screens showed then. To record the
//! version at hand, once its app is built:
//!
//! ```text
//! cargo xtask build
//! COUNTERFOIL_RECORD=1 cargo test -p tests --test journeys stored_profile::a_profile
//! ```
//!
//! This writes the folder of the version in `Cargo.toml`, and refuses to write over one that exists: each version is
//! recorded once, and an earlier folder stays as it is. Without the variable the same test records into a temporary folder, so the recording itself keeps
//! working.

mod expected;
mod recording;
mod shop;
mod sight;

use crate::people::{ANA, BOB, sign_in};
use crate::{backup, lock, steps};
use anyhow::{Context, Result, bail, ensure};
use expected::Expected;
use std::fs;
use std::path::Path;
use std::process::Command;
use tests::{Browser, Journey, WIDE, counterfoil, journey_in, profiles, unpack, until};

// What this journey looks for by the words of the interface; all else it finds by what the shop's data say.
/// The account of the counter's cash in the preview of a refund.
const DRAWER: &str = "Drawer A";

/// Ends of stored names that later versions added on purpose, as `sight::names` writes them. A name belongs here only if
/// no earlier version stored the same thing under another name.
const ADDED: [&str; 0] = [];

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

/// Copies a recording into the folder of this version, such as `tests/profiles/0.1`, which must not exist yet.
fn store(recorded: &Path) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let folder = profiles().join(version.rsplit_once('.').map_or(version, |(short, _)| short));
    fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for name in [ARCHIVE, EXPECTED] {
        fs::copy(recorded.join(name), folder.join(name))?;
    }
    Ok(())
}

/// Opens a stored profile with the app under test and compares it with what was on the screens when it was recorded.
fn opens(folder: &Path) -> Result<()> {
    let expected = Expected::load(&folder.join(EXPECTED))?;
    let profile = tempfile::tempdir()?;
    unpack(&folder.join(ARCHIVE), profile.path())?;
    journey_in(profile.path(), "stored-profile", WIDE, async |page| walk(page, &expected).await)
        .with_context(|| format!("the profile in {}, {}", folder.display(), expected.recorded))
}

async fn walk(page: &Journey, expected: &Expected) -> Result<()> {
    opens_locked(page, expected).await?;
    ensure!(page.entry_count().await? == expected.entries, "entries are missing, or new ones were written");
    shows_the_same(page, expected).await?;
    offers_the_drafts(page, expected).await?;
    sign_in(page, ANA, "Bob Fox", PIN_OF_BOB).await?;
    sign_in(page, BOB, "Ana Ruiz", PIN_OF_ANA).await?;
    records_the_next_payment(page, expected).await?;
    saves_a_sound_backup(page, expected).await?;
    writes_to_the_same_places(page, expected).await
}

/// The book opens without a question about which book it is, locked as it was left, and for the PIN of the recording.
async fn opens_locked(page: &Browser, expected: &Expected) -> Result<()> {
    page.go("/counter").await?;
    lock::unlock(page, PIN_OF_ANA).await?;
    page.see(&expected.shop).await?;
    let look = async || Ok((sight::looks(page).await? == expected.looks).then_some(()));
    until(&format!("the preferences {:?}", expected.looks), look).await
}

/// Every figure of every recorded screen.
async fn shows_the_same(page: &Browser, expected: &Expected) -> Result<()> {
    for (path, screen) in &expected.screens {
        page.go(path).await?;
        let names = expected.names();
        let look = async || match screen.missing_in(&sight::screen(page, &names).await?) {
            missing if missing.is_empty() => Ok(Some(())),
            missing => bail!("{}", missing.join("; ")),
        };
        until(&format!("the figures of {path}"), look).await?;
    }
    page.go("/counter").await?;
    let waits = async || Ok((sight::waiting(page).await? == Some(expected.to_do)).then_some(()));
    until(&format!("{} things to do", expected.to_do), waits).await
}

/// Half-filled forms. They are stored by the tab, which a browser that was closed does not bring back: they are put
/// back here as they were, as for a tab that stays open while the app is updated.
async fn offers_the_drafts(page: &Browser, expected: &Expected) -> Result<()> {
    sight::put_in_tab(page, &expected.tab).await?;
    for (path, values) in &expected.forms {
        page.go(path).await?;
        let look = async || match sight::lacking(values, &sight::form(page).await?) {
            lacking if lacking.is_empty() => Ok(Some(())),
            lacking => bail!("{lacking:?} are not in the form"),
        };
        until(&format!("the form of {path} as it was left"), look).await?;
    }
    page.go(&expected.drawer.path).await?;
    page.row_ends_with(DRAWER, &[&expected.drawer.before, &expected.drawer.after]).await
}

/// The numbers of documents continue without a gap, in the same series.
async fn records_the_next_payment(page: &Browser, expected: &Expected) -> Result<()> {
    let customer = expected.customers.first().context("no customer was recorded")?;
    page.go(&customer.path).await?;
    steps::pay(page, "5.00").await?;
    page.see(&expected.next_payment).await?;
    ensure!(page.entry_count().await? == expected.entries + 1, "one payment is one entry");
    Ok(())
}

/// The book is intact from the first line on, and every account agrees with its entries.
async fn saves_a_sound_backup(page: &Browser, expected: &Expected) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = backup::save(page, folder.path()).await?;
    let entries = fs::read_to_string(&file)?.lines().count() as u64;
    ensure!(entries == expected.entries_of_shop + 1, "{entries} entries in the backup");
    for check in ["verify", "recalculate"] {
        let done = Command::new(counterfoil()?).args(["journal", check]).arg(&file).output()?;
        let said = [done.stdout, done.stderr].concat();
        ensure!(done.status.success(), "journal {check}: {}", String::from_utf8_lossy(&said));
    }
    Ok(())
}

/// What was recorded since went where the earlier version stored it: no name is new, and the notes beside the book were
/// updated under the names they had.
async fn writes_to_the_same_places(page: &Browser, expected: &Expected) -> Result<()> {
    let mut new = sight::lacking(&sight::names(page).await?, &expected.stored);
    new.retain(|name| !ADDED.iter().any(|added| name.ends_with(added)));
    ensure!(new.is_empty(), "stored under new names: {new:?}");
    for (name, before) in &expected.notes {
        let now = sight::note(page, name).await?;
        ensure!(now.as_ref().is_some_and(|now| now != before), "{name} was {before} and is {now:?}");
    }
    Ok(())
}
