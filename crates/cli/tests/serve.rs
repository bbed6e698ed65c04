//! The endpoint as a process: its flags, its data directory, copies of its data.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Outcome, counterfoil, run_command};
use endpoint::store::{LogEnd, Sqlite, Store};
use tempfile::TempDir;

const EPOCH: [u8; 16] = [1; 16];
const EMPTY: [u8; 32] = [2; 32];

/// A folder with a data directory in which a shop was founded.
struct Place(TempDir);

impl Place {
    async fn with_shop() -> Self {
        let place = Self(TempDir::new().unwrap());
        let store = Sqlite::open(&place.at("data")).unwrap();
        (&store as &dyn Store).writing("corner", |tx| tx.found(EPOCH, EMPTY)).await.unwrap();
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn backup(&self, data: &str, to: &str) -> Outcome {
        counterfoil(&["serve", "backup", "--data", text(&self.at(data)), "--to", text(&self.at(to))])
    }

    fn restore(&self, from: &str, data: &str) -> Outcome {
        counterfoil(&["serve", "restore", "--from", text(&self.at(from)), "--data", text(&self.at(data))])
    }

    async fn end(&self, data: &str) -> LogEnd {
        let store = Sqlite::open(&self.at(data)).unwrap();
        (&store as &dyn Store).reading(|tx| tx.end("corner")).await.unwrap().unwrap()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn refused(outcome: &Outcome, reason: &str) {
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{}", outcome.err);
    assert!(outcome.err.contains(reason), "{}", outcome.err);
}

#[tokio::test]
async fn a_restored_shop_is_the_same_in_a_new_epoch() {
    let place = Place::with_shop().await;
    let backup = place.backup("data", "copy");
    assert_eq!((backup.code, backup.err.as_str()), (0, ""));
    let restored = place.restore("copy", "other");
    assert_eq!((restored.code, restored.err.as_str()), (0, ""));
    assert!(restored.out.ends_with("other: 1\n"), "{}", restored.out);
    let end = place.end("other").await;
    assert_eq!((end.lseq, end.log_hash), (0, EMPTY));
    assert_ne!(end.epoch, EPOCH);
    assert_eq!(place.end("data").await.epoch, EPOCH);
}

#[tokio::test]
async fn a_backup_is_made_while_the_store_is_in_use() {
    let place = Place::with_shop().await;
    let _open = Sqlite::open(&place.at("data")).unwrap();
    assert_eq!(place.backup("data", "copy").code, 0);
    assert_eq!(place.restore("copy", "other").code, 0);
}

#[tokio::test]
async fn a_backup_is_readable_for_its_user_alone() {
    let place = Place::with_shop().await;
    assert_eq!(place.backup("data", "copy").code, 0);
    assert_eq!(fs::metadata(place.at("copy")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let place = Place::with_shop().await;
    fs::write(place.at("taken"), "a letter").unwrap();
    refused(&place.backup("data", "taken"), "exists already");
    assert_eq!(fs::read(place.at("taken")).unwrap(), b"a letter");
    assert_eq!(place.backup("data", "copy").code, 0);
    refused(&place.restore("copy", "data"), "has a store already");
    assert_eq!(place.end("data").await.epoch, EPOCH);
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let place = Place::with_shop().await;
    refused(&place.backup("gone", "copy"), "there is no store in");
    refused(&place.restore("gone", "other"), "there is no file");
    assert_eq!(place.backup("data", "copy").code, 0);
    let bytes = fs::read(place.at("copy")).unwrap();
    fs::write(place.at("cut"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(place.at("letter"), "a letter").unwrap();
    refused(&place.restore("cut", "other"), "cannot use");
    refused(&place.restore("letter", "other"), "cannot use");
    assert!(!place.at("other/journal.sqlite").exists());
}

#[tokio::test]
async fn the_data_directory_may_come_from_the_environment() {
    let place = Place::with_shop().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    command.env("COUNTERFOIL_DATA", place.at("data")).args(["serve", "backup", "--to"]).arg(place.at("copy"));
    let outcome = run_command(command.output().unwrap());
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(place.at("copy").is_file());
}

#[tokio::test]
async fn shops_are_moved_and_the_source_is_not_used_any_more() {
    let place = Place(TempDir::new().unwrap());
    let store = Sqlite::open(&place.at("data")).unwrap();
    let empty = *sync::LogHash::empty("corner").bytes();
    (&store as &dyn Store).writing("corner", move |tx| tx.found(EPOCH, empty)).await.unwrap();
    let moving = |to: &str| {
        counterfoil(&["serve", "move", "--from", text(&place.at("data")), "--to", text(&place.at(to))])
    };
    refused(&moving("other"), "another program is using");
    drop(store);
    refused(&moving("data"), "the source and the target are the same");
    let moved = moving("other");
    assert_eq!((moved.code, moved.err.as_str()), (0, ""));
    assert!(moved.out.starts_with("1 shops with 0 records are in"), "{}", moved.out);
    assert_eq!(place.end("other").await, LogEnd { epoch: EPOCH, lseq: 0, log_hash: empty });

    fs::create_dir(place.at("dist")).unwrap();
    fs::write(place.at("dist/index.html"), "").unwrap();
    let (dist, data) = (place.at("dist"), place.at("data"));
    let served = ["serve", "--dir", text(&dist), "--data", text(&data), "--port", "0"];
    refused(&counterfoil(&served), "were moved to");
    refused(
        &counterfoil(&["serve", "move", "--from", "gone", "--to", "data"]),
        "there is no data directory gone",
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    command.env_remove("COUNTERFOIL_DATABASE_URL").args(["serve", "move", "--to", "database", "--from"]);
    let outcome = run_command(command.arg(place.at("other")).output().unwrap());
    refused(&outcome, "set COUNTERFOIL_DATABASE_URL");
}

#[tokio::test]
async fn the_key_of_a_card_processor_is_one_that_others_cannot_read() {
    let place = Place::with_shop().await;
    fs::create_dir(place.at("app")).unwrap();
    fs::write(place.at("app/index.html"), "").unwrap();
    let (app, data, file) = (place.at("app"), place.at("data"), place.at("key"));
    let serve = |words: &[&str], key: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
        command.args(["serve", "--port", "0", "--dir", text(&app)]).args(words);
        key.map(|key| command.env("COUNTERFOIL_GATEWAY_KEY", key));
        run_command(command.output().unwrap())
    };
    const KEY: &str = "rk_test_abcdefgh12345678";
    let named = ["--data", text(&data), "--gateway-key-file", text(&file)];
    let write = |key: &str, mode| {
        let _ = fs::remove_file(&file);
        fs::write(&file, key).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    };
    refused(&serve(&named, None), "cannot read");
    write(KEY, 0o644);
    let open = serve(&named, None);
    refused(&open, "chmod 600");
    assert!(!open.err.contains(KEY), "{}", open.err);
    write("pk_live_abcdefgh12345678", 0o600);
    refused(&serve(&named, None), "make a restricted key");
    write(KEY, 0o600);
    refused(&serve(&named, Some(KEY)), "once");
    refused(&serve(&["--gateway-key-file", text(&file)], None), "needs --data");
    // The secret of webhooks is read in the same way, and is of no use without a key.
    const SECRET: &str = "whsec_0123456789abcdef";
    let hooked = ["--data", text(&data), "--gateway-webhook-secret-file", text(&file)];
    refused(&serve(&hooked, Some(KEY)), "whsec_");
    write(SECRET, 0o644);
    let open = serve(&hooked, Some(KEY));
    refused(&open, "chmod 600");
    assert!(!open.err.contains(SECRET), "{}", open.err);
    write(SECRET, 0o600);
    refused(&serve(&hooked, None), "needs --gateway-key-file");
    write(KEY, 0o600);
    let elsewhere = ["--data", text(&data), "--gateway-url", "http://gateway.example"];
    refused(&serve(&elsewhere, Some(KEY)), "https://");
    let store = Sqlite::open(&data).unwrap();
    (&store as &dyn Store).writing("other", |tx| tx.found(EPOCH, EMPTY)).await.unwrap();
    drop(store);
    refused(&serve(&named, None), "--gateway-shop");
}
