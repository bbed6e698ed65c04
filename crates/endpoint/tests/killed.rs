//! A store whose program is killed while it writes: what was acknowledged is there, and nothing is half there.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod stores;

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use endpoint::store::{Sqlite, Store};
use stores::{found, numbers, push_three, records};
use tempfile::TempDir;

const KILLS: usize = 50;
const WRITERS: usize = 4;
const FOLDER: &str = "COUNTERFOIL_TEST_FOLDER";

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = TempDir::new().unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    found(&store, "s1").await;
    drop(store);
    let mut stored = 0;
    for kill in 0..KILLS {
        let acknowledged = write_until_killed(&folder, 1 + kill * 7 % 23);
        // A store that was not closed is checked as a whole when it is opened.
        let store = Sqlite::open(folder.path()).unwrap();
        let all = records(&store, "s1", 0).await;
        assert_eq!(numbers(&all), (1..=all.len() as u64).collect::<Vec<_>>());
        assert!(all.len() as u64 >= acknowledged, "{} of {acknowledged}", all.len());
        // Each push has three records, which are there together.
        assert_eq!(all.len() % 3, 0);
        let ends = (&store as &dyn Store).reading(|tx| tx.chains("s1", None)).await.unwrap();
        let by_chain: u64 = ends.iter().map(|end| end.seq).sum();
        assert_eq!(by_chain, all.len() as u64);
        assert!(all.len() > stored);
        stored = all.len();
    }
}

/// Starts this program again as a writer, kills it after some acknowledgements, and returns the last number that was
/// acknowledged.
fn write_until_killed(folder: &TempDir, acknowledgements: usize) -> u64 {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut last = 0;
    let mut seen = 0;
    for number in lines.filter_map(|line| line.strip_prefix("ack ")?.parse::<u64>().ok()) {
        last = last.max(number);
        seen += 1;
        if seen == acknowledgements {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(seen >= acknowledgements);
    last
}

/// Not a test: the program that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs until it is killed"]
async fn writes_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(Path::new(&folder)).unwrap());
    let writers = (0..WRITERS).map(|writer| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            loop {
                let end = push_three(&*store, format!("d{writer}")).await.unwrap();
                writeln!(std::io::stdout().lock(), "ack {end}").unwrap();
            }
        })
    });
    futures_util::future::join_all(writers).await;
}
