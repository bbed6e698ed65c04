//! A store that was set back, emptied or changed outside of the app: what is missing is named, and no number is used twice.

use crate::backup;
use crate::steps;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{Browser, WIDE, journey, until};

/// Opens a page of the same origin without the app.
pub async fn leave_app(page: &Browser) -> Result<()> {
    // The browser asks for an icon of a page that names none.
    page.expect_console(&["favicon.ico"]);
    page.go("/icon.svg").await
}

/// JavaScript that opens the shop's database and calls `work` with it.
pub fn with_database(work: &str) -> String {
    format!(
        "(async () => {{
        const settled = request => new Promise((resolve, reject) => {{
            request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) }});
        const [{{name}}] = await indexedDB.databases();
        const book = await settled(indexedDB.open(name));
        const committed = transaction => new Promise(done => {{ transaction.oncomplete = done }});
        const result = await ({work})(book, settled, committed);
        book.close();
        return result }})()"
    )
}

/// A copy of everything in the store.
pub async fn copy(page: &Browser) -> Result<String> {
    let work = "async (book, settled) => {
        const copy = {};
        for (const name of book.objectStoreNames) {
            const store = book.transaction(name).objectStore(name);
            const [keys, values] = [await settled(store.getAllKeys()), await settled(store.getAll())];
            copy[name] = values.map((value, at) => store.keyPath ? [value] : [value, keys[at]]);
        }
        // JSON has no bytes; those of a key are a buffer, those of a value an array.
        const bytes = value => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
        return JSON.stringify(copy, (_, value) => bytes(value) ? {bytes: [...new Uint8Array(value)]} : value) }";
    let copy = page.eval(&with_database(work)).await?;
    Ok(copy.as_str().context("no copy")?.to_owned())
}

/// Sets the store back to a copy, as a disk image of the device does. Local storage stays, and the mirror does not.
async fn set_back(page: &Browser, copy: &str) -> Result<()> {
    let screen = page.path().await?;
    leave_app(page).await?;
    delete_mirror(page).await?;
    write_back(page, copy).await?;
    page.go(&screen).await
}

/// Writes a copy into the store.
pub async fn write_back(page: &Browser, copy: &str) -> Result<()> {
    let work = format!(
        "async (book, settled, committed) => {{
        const write = book.transaction([...book.objectStoreNames], 'readwrite');
        const copy = JSON.parse({}, (_, value) => value?.bytes ? new Uint8Array(value.bytes) : value);
        for (const [name, rows] of Object.entries(copy)) {{
            write.objectStore(name).clear();
            rows.forEach(row => write.objectStore(name).put(...row));
        }}
        await committed(write);
        return true }}",
        json!(copy)
    );
    page.eval(&with_database(&work)).await.map(drop)
}

/// Deletes the mirror. No page of the app may be open.
pub async fn delete_mirror(page: &Browser) -> Result<()> {
    let deleted = "(async () => {
        const root = await navigator.storage.getDirectory();
        for await (const name of root.keys()) await root.removeEntry(name, {recursive: true});
        return true })()";
    until("the mirror to be deleted", async || Ok((page.eval(deleted).await? == true).then_some(()))).await
}

/// Waits until everything is in the mirror.
pub async fn see_mirrored(page: &Browser) -> Result<()> {
    page.go("/settings/backup").await?;
    page.see("Everything recorded here is stored twice").await
}

/// Changes the stored line that contains `of`; a change to an empty text removes its record.
pub async fn change(page: &Browser, of: &str, from: &str, to: &str) -> Result<()> {
    let work = format!(
        "async (book, settled, committed) => {{
        const write = book.transaction('journal', 'readwrite');
        const journal = write.objectStore('journal');
        let changed = 0;
        for (const row of await settled(journal.getAll())) if (row.lines.includes({of})) {{
            changed += 1;
            if ({to}) journal.put({{...row, lines: row.lines.replace({from}, {to})}});
            else journal.delete([row.account, row.arrival]);
        }}
        await committed(write);
        return changed }}",
        of = json!(of),
        from = json!(from),
        to = json!(to)
    );
    let changed = page.eval(&with_database(&work)).await?;
    ensure!(changed == 1, "{changed} records contain {of}");
    Ok(())
}

/// Deletes what the browser stores for the app, like a person in the settings of the browser. An open page gets no question.
pub async fn clear(page: &Browser, kinds: &str) -> Result<()> {
    let origin = page.eval("location.origin").await?;
    page.cdp("Storage.clearDataForOrigin", json!({"origin": origin, "storageTypes": kinds})).await
}

/// JavaScript that deletes all databases.
pub const DELETE_DATABASES: &str = "(async () => {
    for (const {name} of await indexedDB.databases()) await new Promise(done => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = request.onerror = done });
    return true })()";

/// The letters of the payment on the screen, `KXQ` of `Payment KXQP-0001`.
async fn letters(page: &Browser) -> Result<String> {
    backup::see_drawn_number(page).await?;
    let found = page.eval("/Payment ([A-Z]{3})P-0001/.exec(document.body.innerText)[1]").await?;
    Ok(found.as_str().context("no number")?.to_owned())
}

#[test]
fn a_store_set_back_twice_names_what_is_missing_and_uses_no_number_twice() -> Result<()> {
    journey("set-back-twice", WIDE, async |page| {
        steps::part_paid(page).await?;
        let (order, copy) = (page.path().await?, copy(page).await?);
        steps::pay(page, "30.00").await?;
        page.see("Payment AP-0002").await?;
        let mut seen = vec!["A".to_owned()];
        for _ in 0..2 {
            set_back(page, &copy).await?;
            page.see("of counter A, recorded here between").await?;
            page.go(&order).await?;
            page.see("£70.00").await?;
            steps::pay(page, "10.00").await?;
            let letters = letters(page).await?;
            ensure!(!seen.contains(&letters), "{letters} was used before: {seen:?}");
            seen.push(letters);
        }
        let found = page.survey("set-back-twice").await?;
        ensure!(found.is_empty(), "{found:?}");
        // An admin says that the work goes on without them; the next visit does not ask again.
        page.press("button", "Do not show this again").await?;
        page.see_no("recorded here").await?;
        page.reload().await?;
        page.find("link", "Counter").await?;
        page.see_no("recorded here").await
    })
}

#[test]
fn a_backup_older_than_what_was_recorded_here_says_what_it_lacks() -> Result<()> {
    journey("older-backup", WIDE, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        let folder = tempfile::tempdir()?;
        let file = backup::save(page, folder.path()).await?;
        page.go(&order).await?;
        steps::pay(page, "30.00").await?;
        leave_app(page).await?;
        delete_mirror(page).await?;
        page.eval(DELETE_DATABASES).await?;
        page.go("/counter").await?;
        page.see("The browser deleted Counterfoil’s data").await?;
        page.upload("Open a backup", &file).await?;
        page.find("link", "Counter").await?;
        page.see("of counter A, recorded here between").await?;
        page.go(&order).await?;
        page.see("£70.00").await
    })
}

#[test]
fn a_changed_or_removed_entry_is_found_while_the_app_is_idle() -> Result<()> {
    journey("changed-entry", WIDE, async |page| {
        steps::part_paid(page).await?;
        let account = page.path().await?;
        // Each visit verifies, as if a day had passed.
        let anew = "Object.keys(localStorage).filter(name => name.endsWith('-verified'))
            .forEach(name => localStorage.removeItem(name)) ?? true";
        leave_app(page).await?;
        delete_mirror(page).await?;
        page.eval(anew).await?;
        change(page, "\"no\":\"AP-0001\"", "50.00", "950.00").await?;
        page.go("/counter").await?;
        page.see("AP-0001 was changed in this browser’s storage after it was recorded.").await?;
        page.see("£50.00").await?;
        let found = page.survey("changed-entry").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.go(&account).await?;
        page.see("AP-0001 was changed").await?;
        page.press("link", "Mira Patel").await?;
        page.see("not in this browser’s storage as they were recorded").await?;
        leave_app(page).await?;
        delete_mirror(page).await?;
        page.eval(anew).await?;
        change(page, "\"no\":\"AI-0001\"", "", "").await?;
        page.go("/counter").await?;
        page.see("of counter A is missing in this browser’s storage, between others that are there.").await
    })
}
