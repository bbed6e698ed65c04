//! Two endpoints over one database that are killed while they write, again and again: nothing that was acknowledged is lost, and
//! nothing is there twice.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod cluster;
mod stores;

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use cluster::{address, shared};
use endpoint::store::{Postgres, Store};
use stores::{found, numbers, push_three, records};

const KILLS: usize = 12;
const WRITERS: usize = 3;
const URL: &str = "COUNTERFOIL_TEST_URL";
const NAME: &str = "COUNTERFOIL_TEST_NAME";

#[tokio::test(flavor = "multi_thread")]
async fn two_endpoints_that_are_killed_lose_nothing_and_write_nothing_twice() {
    let url = shared().database();
    let store = Postgres::open(&address(&url)).await.unwrap();
    found(&store, "s1").await;
    let mut acknowledged = BTreeSet::new();
    for kill in 0..KILLS {
        let (mut one, mut two) = (Endpoint::start(&url, "a"), Endpoint::start(&url, "b"));
        acknowledged.extend(one.acknowledged(1 + kill * 7 % 23));
        one.child.kill().unwrap();
        // The other one goes on, although the killed one may have had the lock of the shop.
        acknowledged.extend(two.acknowledged(5 + kill % 3));
        two.child.kill().unwrap();
        acknowledged.extend(one.rest());
        acknowledged.extend(two.rest());
        let all = records(&store, "s1", 0).await;
        assert_eq!(numbers(&all), (1..=all.len() as u64).collect::<Vec<_>>());
        let lines: BTreeSet<_> = all.iter().map(|record| (record.device.clone(), record.seq)).collect();
        assert_eq!(lines.len(), all.len());
        // Each push has three records, which are there together.
        assert_eq!(all.len() % 3, 0);
        let held: BTreeSet<u64> = all.iter().map(|record| record.lseq).collect();
        assert!(acknowledged.is_subset(&held), "{:?}", acknowledged.difference(&held));
        let ends = (&store as &dyn Store).reading(|tx| tx.chains("s1", None)).await.unwrap();
        assert_eq!(ends.iter().map(|end| end.seq).sum::<u64>(), all.len() as u64);
    }
}

/// This program as an endpoint.
struct Endpoint {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Endpoint {
    fn start(url: &str, name: &str) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env(URL, url)
            .env(NAME, name)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next numbers that it acknowledges.
    fn acknowledged(&mut self, count: usize) -> Vec<u64> {
        let numbers: Vec<u64> = self.numbers().take(count).collect();
        assert_eq!(numbers.len(), count);
        numbers
    }

    /// What it had said when it was killed.
    fn rest(mut self) -> Vec<u64> {
        let rest = self.numbers().collect();
        self.child.wait().unwrap();
        rest
    }

    fn numbers(&mut self) -> impl Iterator<Item = u64> {
        let lines = self.lines.by_ref().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("ack ")?.parse().ok())
    }
}

/// Not a test: the program that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs until it is killed"]
async fn writes_until_it_is_killed() {
    let Some((url, name)) = env::var(URL).ok().zip(env::var(NAME).ok()) else { return };
    let store: Arc<dyn Store> = Arc::new(Postgres::open(&address(&url)).await.unwrap());
    let writers = (0..WRITERS).map(|writer| {
        let (store, device) = (Arc::clone(&store), format!("{name}{writer}"));
        tokio::spawn(async move {
            loop {
                let end = push_three(&*store, device.clone()).await.unwrap();
                writeln!(std::io::stdout().lock(), "ack {end}").unwrap();
            }
        })
    });
    futures_util::future::join_all(writers).await;
}
