//! What a push costs at an endpoint of its own program: durable entries a second beside raw inserts of the same bytes, the
//! answer at 300 pushes a second, and whether a push costs more in a large store. A report, not a test.
//!
//! `cargo xtask bench endpoint` runs it; `cargo bench -p endpoint -- sqlite` (or `postgres`) one kind of store, and
//! `-- postgres load 10` many shops over two endpoints for ten minutes.

#![allow(clippy::float_arithmetic, reason = "milliseconds, not money")]
#![allow(clippy::cast_precision_loss, reason = "milliseconds, not money")]
#![allow(clippy::print_stdout, reason = "a report")]
#![allow(clippy::indexing_slicing, reason = "a report that cannot be made ends")]
#![allow(clippy::unwrap_used, reason = "a report that cannot be made ends")]

#[path = "../../tests/apart/mod.rs"]
mod apart;
#[path = "../../tests/cluster/mod.rs"]
mod cluster;
#[path = "../../tests/devices/mod.rs"]
mod devices;
mod load;
mod raw;
mod series;
mod speed;

use std::fs;

use apart::Served;
use tempfile::TempDir;

/// A kind of store, with a place for each new one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// What selects it on the command line.
    const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// A new, empty store in a folder, or in a database of the shared server.
    fn place(self, folder: &TempDir) -> String {
        match self {
            Self::Sqlite => folder.path().join("shops").to_str().unwrap().to_owned(),
            Self::Postgres => cluster::shared().database(),
        }
    }
}

/// The time of all devices: that of the system, because limits by time have to refill.
fn now() -> u64 {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

#[tokio::main]
async fn main() {
    if apart::serve_if_asked(now).await {
        return;
    }
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let has = |word: &str| words.iter().any(|each| each == word);
    for kind in Kind::ALL {
        if Kind::ALL.iter().any(|kind| has(kind.word())) && !has(kind.word()) {
            continue;
        }
        let minutes = words.iter().filter_map(|word| word.parse().ok()).next();
        if has("load") {
            load::report(kind, minutes.unwrap_or(1)).await;
        } else {
            speed::report(kind).await;
        }
    }
}

/// The most memory that a server has had, in megabytes.
fn most_memory(served: &Served) -> u64 {
    memory(served, "VmHWM:")
}

/// The memory that a server has, in megabytes.
fn memory_now(served: &Served) -> u64 {
    memory(served, "VmRSS:")
}

fn memory(served: &Served, field: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", served.child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
}
