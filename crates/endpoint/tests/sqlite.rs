//! What only a store on a disk has: settings, locks, crashes, damage and versions.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod stores;

use std::fs;
use std::path::{Path, PathBuf};

use endpoint::store::{Fault, Sqlite, Store};
use rusqlite::Connection;
use stores::{append, append_next, end, found, numbers, record, records};
use tempfile::TempDir;

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("journal.sqlite")
}

fn message(folder: &Path) -> String {
    format!("{:#}", Sqlite::open(folder).err().unwrap())
}

/// A copy of a store that is open, as it would be found after the program was killed.
fn as_after_a_crash(folder: &TempDir) -> TempDir {
    let copy = TempDir::new().unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

#[tokio::test]
async fn a_store_is_found_again() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    found(&store, "s1").await;
    append(&store, "s1", vec![record(1), record(2)]).await.unwrap();
    drop(store);
    assert!(!folder.path().join("journal.sqlite-wal").exists());
    let store = Sqlite::open(folder.path()).unwrap();
    assert_eq!(records(&store, "s1", 0).await, [record(1), record(2)]);
    append(&store, "s1", vec![record(3)]).await.unwrap();
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_crash() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    found(&store, "s1").await;
    for lseq in 1..=5 {
        append(&store, "s1", vec![record(lseq)]).await.unwrap();
        let after = as_after_a_crash(&folder);
        let after = Sqlite::open(after.path()).unwrap();
        assert_eq!(numbers(&records(&after, "s1", 0).await), (1..=lseq).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_store_that_was_damaged_is_not_opened_after_a_crash() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    found(&store, "s1").await;
    append(&store, "s1", (1..=200).map(record).collect()).await.unwrap();
    drop(store);
    let store = Sqlite::open(folder.path()).unwrap();
    let after = as_after_a_crash(&folder);
    drop(store);
    let connection = Connection::open(file(&after)).unwrap();
    let page: i64 = connection
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'record_of_shop'", [], |row| row.get(0))
        .unwrap();
    drop(connection);
    let mut bytes = fs::read(file(&after)).unwrap();
    let start = usize::try_from(page - 1).unwrap() * 4096;
    bytes[start..start + 16].fill(0xff);
    fs::write(file(&after), bytes).unwrap();
    let text = message(after.path());
    assert!(text.contains("damaged") || text.contains("malformed"), "{text}");
}

#[tokio::test]
async fn records_can_be_neither_changed_nor_deleted() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    found(&store, "s1").await;
    append(&store, "s1", vec![record(1)]).await.unwrap();
    let connection = Connection::open(file(&folder)).unwrap();
    for (sql, expected) in [
        ("DELETE FROM record", "records are never deleted"),
        ("UPDATE record SET verdict = 'refused-role'", "records are never changed"),
        ("REPLACE INTO record SELECT * FROM record", "records are never replaced"),
    ] {
        let error = connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains(expected), "{sql}: {error}");
    }
    assert_eq!(records(&store, "s1", 0).await, [record(1)]);
}

#[test]
fn one_program_has_a_store_at_a_time() {
    let folder = TempDir::new().unwrap();
    let first = Sqlite::open(folder.path()).unwrap();
    let text = message(folder.path());
    assert!(text.starts_with("another program is using"), "{text}");
    drop(first);
    Sqlite::open(folder.path()).unwrap();
}

#[test]
fn other_files_and_newer_versions_are_refused() {
    let folder = TempDir::new().unwrap();
    drop(Sqlite::open(folder.path()).unwrap());
    let connection = Connection::open(file(&folder)).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(message(folder.path()).contains("newer version"), "{}", message(folder.path()));

    let folder = TempDir::new().unwrap();
    Connection::open(file(&folder)).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(message(folder.path()).contains("not a store of this program"), "{}", message(folder.path()));

    let folder = TempDir::new().unwrap();
    fs::write(file(&folder), "this is a text and no database, whatever its name may say").unwrap();
    assert!(message(folder.path()).contains("cannot open"), "{}", message(folder.path()));
}

#[cfg(unix)]
#[test]
fn a_new_directory_is_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("data/shops");
    drop(Sqlite::open(&inner).unwrap());
    assert_eq!(fs::metadata(&inner).unwrap().permissions().mode() & 0o777, 0o700);
    fs::write(folder.path().join("file"), "").unwrap();
    let text = message(&folder.path().join("file"));
    assert!(text.contains("cannot create the directory"), "{text}");
}

#[tokio::test]
async fn a_backup_is_whole_while_others_write_and_is_restored_under_a_new_epoch() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    found(&store, "s1").await;
    append(&store, "s1", (1..=100).map(record).collect()).await.unwrap();
    let to = TempDir::new().unwrap();
    let copy = to.path().join("backup.sqlite");
    let path = folder.path().to_owned();
    let target = copy.clone();
    let backup = tokio::task::spawn_blocking(move || endpoint::store::backup(&path, &target));
    for _ in 0..20 {
        append_next(&store, "s1", "d2".into()).await;
    }
    backup.await.unwrap().unwrap();
    let text = format!("{:#}", endpoint::store::backup(folder.path(), &copy).unwrap_err());
    assert!(text.contains("exists already"), "{text}");

    let restored = to.path().join("restored");
    let shops = endpoint::store::restore(&copy, &restored, || [9; 16]).unwrap();
    assert_eq!(shops, 1);
    let restored_store = Sqlite::open(&restored).unwrap();
    let (whole, now) = (records(&store, "s1", 0).await, records(&restored_store, "s1", 0).await);
    assert!(now.len() >= 100 && now[..] == whole[..now.len()], "{}", now.len());
    let end = end(&restored_store, "s1").await.unwrap();
    assert_eq!((end.epoch, end.lseq), ([9; 16], now.len() as u64));
    drop(restored_store);
    let text = format!("{:#}", endpoint::store::restore(&copy, &restored, || [8; 16]).unwrap_err());
    assert!(text.contains("has a store already"), "{text}");
}

#[test]
fn a_backup_that_is_cut_is_not_restored() {
    let folder = TempDir::new().unwrap();
    drop(Sqlite::open(folder.path()).unwrap());
    let cut = folder.path().join("cut.sqlite");
    let bytes = fs::read(file(&folder)).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let to = folder.path().join("to");
    assert!(endpoint::store::restore(&cut, &to, || [9; 16]).is_err());
    assert!(!to.join("journal.sqlite").exists());
    assert!(endpoint::store::restore(&folder.path().join("gone"), &to, || [9; 16]).is_err());
}

#[tokio::test]
async fn a_closed_store_answers_that_it_is_closed() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    let late = store.write("s1", Box::new(|_| Ok(())));
    drop(store);
    // What was handed in before is done.
    assert_eq!(late.await, Ok::<(), Fault>(()));
}
