//! What the app says about every kind of loss and damage: the table in `docs/reliability.md`, made by this test.
//! `COUNTERFOIL_ACCEPT=1 cargo test -p tests --test journeys witnesses` updates it.

use crate::damage::{DELETE_DATABASES, change, copy, delete_mirror, leave_app, see_mirrored, write_back};
use crate::steps;
use anyhow::{Context, Result, ensure};
use std::fs;
use tests::{Browser, WIDE, journey, workspace};

/// What is done to what the browser stores, while the app is closed.
#[derive(Debug, Clone, Copy)]
enum Doing {
    DeleteDatabase,
    SetDatabaseBack,
    ChangeEntry,
    RemoveEntry,
    DeleteMirror,
    FlipByteOfMirror,
    DeleteSettings,
}

/// A case: what is done, a part of what is said, and what Mira Patel owes afterwards.
struct Case {
    doing: &'static [Doing],
    says: &'static str,
    owes: Option<&'static str>,
}

/// Of 120.00, 50.00 and 30.00 are paid; the earlier copy of the database lacks the second payment.
const CASES: [Case; 16] = [
    Case { doing: &[Doing::DeleteDatabase], says: "read from the second copy", owes: Some("£40.00") },
    Case { doing: &[Doing::DeleteMirror], says: "is being written again", owes: Some("£40.00") },
    Case { doing: &[Doing::DeleteSettings], says: "Set the PINs again", owes: Some("£40.00") },
    Case {
        doing: &[Doing::DeleteDatabase, Doing::DeleteMirror],
        says: "The browser deleted Counterfoil’s data",
        owes: None,
    },
    Case {
        doing: &[Doing::DeleteDatabase, Doing::DeleteSettings],
        says: "read from the second copy",
        owes: Some("£40.00"),
    },
    Case {
        doing: &[Doing::DeleteMirror, Doing::DeleteSettings],
        says: "Whether entries are missing cannot be told",
        owes: Some("£40.00"),
    },
    Case {
        doing: &[Doing::DeleteDatabase, Doing::DeleteMirror, Doing::DeleteSettings],
        says: "Was there already a shop in this browser?",
        owes: None,
    },
    Case { doing: &[Doing::SetDatabaseBack], says: "here again", owes: Some("£40.00") },
    Case {
        doing: &[Doing::SetDatabaseBack, Doing::DeleteMirror],
        says: "of counter A, recorded here between",
        owes: Some("£70.00"),
    },
    Case {
        doing: &[Doing::SetDatabaseBack, Doing::DeleteSettings],
        says: "here again",
        owes: Some("£40.00"),
    },
    Case { doing: &[Doing::ChangeEntry], says: "as it was recorded again", owes: Some("£40.00") },
    Case {
        doing: &[Doing::ChangeEntry, Doing::DeleteMirror],
        says: "AP-0001 was changed in this browser’s storage",
        owes: None,
    },
    Case { doing: &[Doing::RemoveEntry], says: "as it was recorded again", owes: Some("£40.00") },
    Case {
        doing: &[Doing::RemoveEntry, Doing::DeleteMirror],
        says: "is missing in this browser’s storage, between others",
        owes: None,
    },
    Case { doing: &[Doing::FlipByteOfMirror], says: "", owes: Some("£40.00") },
    Case {
        doing: &[Doing::FlipByteOfMirror, Doing::DeleteDatabase],
        says: "read from the second copy",
        owes: None,
    },
];

impl Doing {
    fn words(self) -> &'static str {
        match self {
            Self::DeleteDatabase => "database deleted",
            Self::SetDatabaseBack => "database set back to an earlier copy",
            Self::ChangeEntry => "an entry changed in the database",
            Self::RemoveEntry => "an entry removed from the database",
            Self::DeleteMirror => "second copy deleted",
            Self::FlipByteOfMirror => "a byte of the second copy changed",
            Self::DeleteSettings => "local storage deleted",
        }
    }

    async fn run(self, page: &Browser, earlier: &str) -> Result<()> {
        match self {
            Self::DeleteDatabase => page.eval(DELETE_DATABASES).await.map(drop),
            Self::SetDatabaseBack => write_back(page, earlier).await,
            Self::ChangeEntry => change(page, "\"no\":\"AP-0001\"", "50.00", "950.00").await,
            Self::RemoveEntry => change(page, "\"no\":\"AP-0001\"", "", "").await,
            Self::DeleteMirror => delete_mirror(page).await,
            Self::FlipByteOfMirror => page.eval(FLIP).await.map(drop),
            Self::DeleteSettings => page.eval("localStorage.clear() ?? true").await.map(drop),
        }
    }
}

/// JavaScript that changes a byte in the middle of the last row of the mirror.
const FLIP: &str = "(async () => {
    let folder = await navigator.storage.getDirectory();
    for (const name of ['counterfoil', (await indexedDB.databases())[0].name]) folder = await folder.getDirectoryHandle(name);
    const names = [];
    for await (const name of folder.keys()) if (/^\\d+-\\d+$/.test(name)) names.push(name);
    const file = await folder.getFileHandle(names.sort().pop());
    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
    bytes[bytes.length - 100] ^= 1;
    const writer = await file.createWritable();
    await writer.write(bytes);
    await writer.close();
    return true })()";

/// JavaScript that returns what is told, without times.
const SAID: &str = "[...document.querySelectorAll('[role=alert], main.startup h1')]
    .map(each => each.querySelector('p')?.innerText ?? each.innerText)
    .map(text => text.replace(/\\d{1,2} \\w{3,9}( \\d{4})?,? (at )?\\d{1,2}:\\d{2}/g, '…')).join(' ')";

/// Prepares a shop, does the damage and returns what is said.
async fn said(page: &Browser, case: &Case) -> Result<String> {
    steps::part_paid(page).await?;
    let order = page.path().await?;
    let earlier = copy(page).await?;
    steps::pay(page, "30.00").await?;
    see_mirrored(page).await?;
    leave_app(page).await?;
    // The next visit verifies, as if a day had passed.
    page.eval("Object.keys(localStorage).filter(name => name.endsWith('-verified')).forEach(name => localStorage.removeItem(name)) ?? true")
        .await?;
    for doing in case.doing {
        doing.run(page, &earlier).await?;
    }
    page.go("/counter").await?;
    page.see(case.says).await?;
    let said = page.eval(SAID).await?.as_str().context("no text")?.to_owned();
    if let Some(owes) = case.owes {
        page.go(&order).await?;
        page.see(owes).await?;
        steps::pay(page, "10.00").await?;
    }
    Ok(said)
}

#[test]
fn every_loss_and_damage_is_told() -> Result<()> {
    let mut table =
        String::from("| what happened while the app was closed | what it says |\n| --- | --- |\n");
    for (at, case) in CASES.iter().enumerate() {
        let what = case.doing.iter().map(|doing| doing.words()).collect::<Vec<_>>().join(", ");
        let mut words = String::new();
        journey(&format!("witnesses-{at}"), WIDE, async |page| {
            words = said(page, case).await.with_context(|| what.clone())?;
            Ok(())
        })?;
        table += &format!(
            "| {what} | {} |\n",
            if words.is_empty() { "nothing: nothing is missing" } else { &words }
        );
    }
    compare(&table)
}

/// Compares the table with the one in the page, or writes it there.
fn compare(table: &str) -> Result<()> {
    let (begin, end) = ("<!-- table of what is said, made by a test -->\n\n", "\n<!-- end of the table -->");
    let path = workspace().join("docs/reliability.md");
    let page = fs::read_to_string(&path)?;
    let (before, rest) = page.split_once(begin).context("no table")?;
    let (known, after) = rest.split_once(end).context("no end of the table")?;
    if std::env::var_os("COUNTERFOIL_ACCEPT").is_some() {
        return Ok(fs::write(&path, [before, begin, table, end, after].concat())?);
    }
    ensure!(known == table, "docs/reliability.md says\n{known}\nand the app says\n{table}");
    Ok(())
}
