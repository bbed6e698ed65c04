//! Backups: saving, opening in another browser, merging back, refusing damaged files, reminding of an old backup.

use crate::{damage, steps};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use tests::{Browser, Driver, WIDE, journey, until};

/// A second browser with its own profile, like a second device.
struct OtherDevice {
    page: Browser,
    _driver: Driver,
    _profile: TempDir,
}

async fn other_device(base_url: &str) -> Result<OtherDevice> {
    let (driver, profile) = (Driver::start().await?, tempfile::tempdir()?);
    let page = Browser::open(&driver, profile.path(), base_url, WIDE).await?;
    Ok(OtherDevice { page, _driver: driver, _profile: profile })
}

/// Saves a backup under Settings and waits for its file.
pub async fn save(page: &Browser, folder: &Path) -> Result<PathBuf> {
    page.go("/settings/backup").await?;
    let saved = offered(page, folder).await?;
    page.press("button", "The file is there").await?;
    Ok(saved)
}

/// The file that *Save a backup* on the open page saves, also on the emergency page.
pub async fn offered(page: &Browser, folder: &Path) -> Result<PathBuf> {
    let wanted = json!({"behavior": "allow", "downloadPath": folder});
    page.cdp("Browser.setDownloadBehavior", wanted).await?;
    let before = files(folder)?.len();
    page.press("button", "Save a backup").await?;
    page.see("entries was offered to your downloads.").await?;
    until("the backup", async || {
        let files = files(folder)?;
        Ok((files.len() > before).then(|| files.into_iter().max_by_key(|file| modified(file))).flatten())
    })
    .await
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let all: Vec<_> = fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
    // While a file is written, the browser keeps its name with an empty one.
    let is_whole = |file: &Path| fs::metadata(file).is_ok_and(|file| file.len() > 0);
    let is_backup = |file: &Path| file.extension().is_some_and(|kind| kind == "jsonl") && is_whole(file);
    Ok(all.into_iter().filter(|file| is_backup(file)).collect())
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}

/// The first payment of a counter whose letters were drawn: `Payment KXQP-0001`.
pub async fn see_drawn_number(page: &Browser) -> Result<()> {
    until("a payment with drawn letters", async || {
        let seen = page.eval("/Payment [A-Z]{3}P-0001/.test(document.body.innerText)").await?;
        Ok((seen == true).then_some(()))
    })
    .await
}

#[test]
fn a_backup_opens_in_another_browser_and_merges_back() -> Result<()> {
    journey("backup", WIDE, async |page| {
        steps::part_paid(page).await?;
        // Two folders, because a download replaces one with the same name.
        let (folder, away) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let file = save(page, folder.path()).await?;
        let lines = fs::read_to_string(&file)?.lines().count() as u64;
        ensure!(lines == page.entry_count().await?, "{lines} lines in the file");
        page.see("Last backup saved today.").await?;

        let other = other_device(&page.server.address()).await?;
        let there = &other.page;
        there.go("/").await?;
        there.upload("Open a backup", &file).await?;
        there.find("heading", "Harbour Cycles is back").await?;
        there.press("link", "Go to the counter").await?;
        there.press("button", "A drawer of its own").await?;
        steps::find_customer(there, "Mira Patel").await?;
        there.see("Owes £70.00").await?;
        // The other browser numbers its documents with another letter, so that no number is used twice.
        steps::pay(there, "30.00").await?;
        see_drawn_number(there).await?;
        let found = there.survey("backup-elsewhere").await?;
        ensure!(found.is_empty(), "{found:?}");

        let back = save(there, away.path()).await?;
        page.go("/settings/backup").await?;
        steps::add_entries(page, &back, "2 entries are").await?;
        page.see("2 missing entries were added.").await?;
        page.upload("Open a backup", &back).await?;
        page.see("Nothing was missing").await?;
        let found = page.survey("backup-settings").await?;
        ensure!(found.is_empty(), "{found:?}");
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £40.00").await?;
        other.page.close().await
    })
}

/// The numbers of all documents in a backup.
fn numbers(file: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(file)?;
    let after = text.split("\"no\":\"").skip(1);
    Ok(after.filter_map(|rest| rest.split('"').next()).map(String::from).collect())
}

#[test]
fn two_devices_from_one_backup_merge_into_one_book_without_a_number_twice() -> Result<()> {
    journey("two-from-one", WIDE, async |page| {
        steps::part_paid(page).await?;
        let folders = [tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?];
        let [own, one, two] = &folders;
        let file = save(page, own.path()).await?;
        let mut merged = Vec::new();
        // The first one replaces the counter, the other one stands beside it.
        for (drawer, folder) in [("Drawer A", one), ("A drawer of its own", two)] {
            let other = other_device(&page.server.address()).await?;
            let there = &other.page;
            there.go("/").await?;
            there.upload("Open a backup", &file).await?;
            there.press("link", "Go to the counter").await?;
            there.see("At which drawer does it stand?").await?;
            let found = there.survey("which-drawer").await?;
            ensure!(found.is_empty(), "{found:?}");
            steps::find_customer(there, "Mira Patel").await?;
            there.act("Add Payment").await?;
            there.fill("Amount", "10.00").await?;
            there.choose("Payment Type", "Cash").await?;
            there.press("button", "Apply Payment").await?;
            there.see("First answer the question at the top of this page about the drawer.").await?;
            there.press("button", drawer).await?;
            there.see_no("At which drawer does it stand?").await?;
            there.press("button", "Apply Payment").await?;
            see_drawn_number(there).await?;
            there.reload().await?;
            there.see_no("At which drawer does it stand?").await?;
            merged.push(save(there, folder.path()).await?);
            other.page.close().await?;
        }
        page.go("/settings/backup").await?;
        for (back, missing) in merged.iter().zip([3, 2]) {
            steps::add_entries(page, back, &format!("{missing} entries are")).await?;
            page.see(&format!("{missing} missing entries were added.")).await?;
        }
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £50.00").await?;
        steps::pay(page, "5.00").await?;
        page.see("Payment AP-0002").await?;
        let last = tempfile::tempdir()?;
        let whole = save(page, last.path()).await?;
        let numbers = numbers(&whole)?;
        let once: std::collections::BTreeSet<_> = numbers.iter().collect();
        ensure!(once.len() == numbers.len() && numbers.len() > 4, "{numbers:?}");
        let text = fs::read_to_string(&whole)?;
        ensure!(
            text.matches("\"drawer\":\"A\"").count() == 2,
            "one device stands at the drawer of the first"
        );
        for check in ["verify", "recalculate"] {
            let done = Command::new(tests::counterfoil()?).args(["journal", check]).arg(&whole).output()?;
            ensure!(done.status.success(), "journal {check}: {}", String::from_utf8_lossy(&done.stdout));
        }
        Ok(())
    })
}

#[test]
fn a_damaged_backup_is_refused_with_its_line_and_changes_nothing() -> Result<()> {
    journey("backup-wrong", WIDE, async |page| {
        steps::part_paid(page).await?;
        let folder = tempfile::tempdir()?;
        let file = save(page, folder.path()).await?;
        let whole = fs::read_to_string(&file)?;
        let lines: Vec<_> = whole.lines().collect();
        let (before, last) = (page.entry_count().await?, lines.len());
        let damaged = |name: &str, text: String| -> Result<PathBuf> {
            let path = folder.path().join(name);
            fs::write(&path, text)?;
            Ok(path)
        };
        let changed = damaged("changed.jsonl", whole.replacen("Mira Patel", "Mina Patel", 1))?;
        let torn = damaged("torn.jsonl", format!("{}\n", lines.get(1..).context("lines")?.join("\n")))?;
        let foreign = whole.lines().next().context("a line")?;
        let shop = foreign.split("\"shop\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let other = whole.replace(shop.context("a shop")?, "0199aaaa-0000-7000-8000-000000000000");
        let foreign = damaged("foreign.jsonl", other)?;
        let diary = damaged("diary.jsonl", "Dear diary\n".into())?;
        for (file, says) in [
            // What is good in a damaged file is here already.
            (&changed, "one of the two was changed."),
            (&changed, "Nothing was missing"),
            (&torn, "Nothing was missing"),
            (&foreign, "This is the backup of another shop."),
            (&diary, "This file is not a Counterfoil backup."),
        ] {
            page.upload("Open a backup", file).await?;
            page.see(says).await?;
        }
        ensure!(page.entry_count().await? == before && last as u64 == before, "something was written");

        // At the first start, the damaged file could be restored in part; the original one is whole.
        let other = other_device(&page.server.address()).await?;
        other.page.go("/").await?;
        other.page.upload("Open a backup", &changed).await?;
        other.page.see("one of the two was changed.").await?;
        other.page.find("button", "Restore what is good").await?;
        let found = other.page.survey("backup-refused").await?;
        ensure!(found.is_empty(), "{found:?}");
        other.page.upload("Open a backup", &file).await?;
        other.page.find("heading", "Harbour Cycles is back").await?;
        other.page.close().await
    })
}

#[test]
fn a_deleted_store_is_reported_and_restored_from_a_backup() -> Result<()> {
    journey("emptied", WIDE, async |page| {
        steps::part_paid(page).await?;
        let folder = tempfile::tempdir()?;
        let file = save(page, folder.path()).await?;
        damage::clear(page, "all").await?;
        // The page may be loaded again, which can come in the way of the worker.
        page.expect_console(&["Failed to register a ServiceWorker"]);
        page.see("Counterfoil’s data was deleted while Counterfoil was open").await?;
        page.see("Open a backup").await?;
        let found = page.survey("emptied").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.upload("Open a backup", &file).await?;
        page.find("link", "Counter").await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £70.00").await
    })
}

/// JavaScript for the stored state of the device: head, clock and numbers.
const STATE: &str = "(async () => {
    const settled = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) });
    const [{name}] = await indexedDB.databases();
    const book = await settled(indexedDB.open(name));
    const state = await settled(book.transaction('meta').objectStore('meta').get('device'));
    book.close();
    return state })()";

/// JavaScript that sets the store back to an earlier state, as when a disk image of the device is restored.
fn roll_back(state: &str) -> String {
    format!(
        "(async () => {{
        const settled = request => new Promise((resolve, reject) => {{
            request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) }});
        const [{{name}}] = await indexedDB.databases();
        const book = await settled(indexedDB.open(name));
        const state = {state};
        const write = book.transaction(['meta', 'journal'], 'readwrite');
        write.objectStore('meta').put(state, 'device');
        const seq = JSON.parse(state).head.seq;
        for (const row of await settled(write.objectStore('journal').getAll()))
            if (row.places[0][3] > seq) write.objectStore('journal').delete([row.account, row.arrival]);
        await new Promise(done => {{ write.oncomplete = done }});
        book.close();
        return true }})()"
    )
}

#[test]
fn a_rolled_back_store_is_noticed_and_its_entries_are_restored_from_a_backup() -> Result<()> {
    journey("went-back", WIDE, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        let state = page.eval(STATE).await?;
        steps::pay(page, "30.00").await?;
        page.see("Payment AP-0002").await?;
        let folder = tempfile::tempdir()?;
        let file = save(page, folder.path()).await?;
        damage::leave_app(page).await?;
        damage::delete_mirror(page).await?;
        page.eval(&roll_back(&state.to_string())).await?;
        page.go("/counter").await?;
        page.see("of counter A, recorded here between").await?;
        page.see("is missing").await?;
        page.go(&order).await?;
        page.see("£70.00").await?;
        steps::pay(page, "10.00").await?;
        see_drawn_number(page).await?;

        page.go("/settings/backup").await?;
        page.see("of counter A, recorded here between").await?;
        page.see("is missing").await?;
        steps::add_entries(page, &file, "1 entry is").await?;
        page.see("1 missing entry was added.").await?;
        page.see_no("of counter A, recorded here").await?;
        page.go(&order).await?;
        page.see("£30.00").await
    })
}

/// JavaScript that dates the last backup years back.
const LONG_AGO: &str = "(() => {
    const name = Object.keys(localStorage).find(name => name.endsWith('-backup'));
    const backup = JSON.parse(localStorage.getItem(name));
    localStorage.setItem(name, JSON.stringify({...backup, on: '2020-02-20'}));
    return true })()";

#[test]
fn an_old_backup_is_mentioned_until_a_new_one_is_saved() -> Result<()> {
    journey("backup-old", WIDE, async |page| {
        steps::set_up(page).await?;
        page.eval(LONG_AGO).await?;
        page.go("/counter").await?;
        page.see("This shop has never been backed up.").await?;
        let found = page.survey("backup-old").await?;
        ensure!(found.is_empty(), "{found:?}");
        let folder = tempfile::tempdir()?;
        save(page, folder.path()).await?;
        page.go("/counter").await?;
        page.find("link", "Add Order").await?;
        page.see_no("never been backed up").await?;
        // Without entries after the backup, an old backup is as good as a new one.
        page.eval(LONG_AGO).await?;
        page.go("/counter").await?;
        page.find("link", "Add Order").await?;
        page.see_no("The last backup was saved").await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.go("/counter").await?;
        page.see("The last backup was saved").await
    })
}

/// The lines of a day book whose clerk makes somebody admin, as a file of the shop in the browser cannot be made by the app.
const BY_A_CLERK: &str = r#"shop "Corner Shop" GBP
staff bob clerk
customer mira "Mira Patel"
@till B
@as owner
staff eve admin
"#;

#[test]
fn a_clerk_does_not_become_admin_by_a_file() -> Result<()> {
    journey("by-a-clerk", WIDE, async |page| {
        let folder = tempfile::tempdir()?;
        let (day, book) = (folder.path().join("day.daybook"), folder.path().join("book.jsonl"));
        fs::write(&day, BY_A_CLERK)?;
        let made = Command::new(tests::counterfoil()?).args(["daybook", "journal"]).arg(&day).output()?;
        ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        // Nothing follows the last line, so that its hash is in no other.
        let text = String::from_utf8(made.stdout)?;
        let mut lines: Vec<_> = text.lines().map(String::from).collect();
        let last = lines.pop().context("no line")?;
        ensure!(last.contains("\"eve\"") && last.contains("\"actor\":\"owner\""), "{last}");
        lines.push(last.replace("\"actor\":\"owner\"", "\"actor\":\"bob\""));
        fs::write(&book, lines.join("\n"))?;
        page.go("/").await?;
        page.upload("Open a backup", &book).await?;
        page.find("heading", "Corner Shop is back").await?;
        page.press("link", "Go to the counter").await?;
        page.press("button", "A drawer of its own").await?;
        page.see("This entry does not count: the person named in it had no right to it at that time.")
            .await?;
        page.see("Adds eve as admin").await?;
        let found = page.survey("by-a-clerk").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Let it count").await?;
        page.see("The conflict is resolved.").await?;
        page.see_no("This entry does not count").await?;
        page.go("/settings/people").await?;
        page.cell_is("eve", "PIN on this device", "none").await
    })
}
