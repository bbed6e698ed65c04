//! The same work on every store, by turns at two endpoints where the store is shared: each transaction answers the same everywhere. It
//! finds what a store remembers although it is no longer so. Half of the work is handed in as pushes are, and again where that is asked for.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod stores;

use std::sync::Arc;

use endpoint::store::{Device, Fault, Memory, Postgres, Sqlite, Store, Write};
use stores::{EMPTY, EPOCH, device, hash, line};
use tempfile::TempDir;

const SEEDS: u64 = 6;
const STEPS: usize = 60;

/// Random numbers from a seed: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit
    }

    fn device(&mut self) -> String {
        format!("d{}", self.below(3))
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// The next lines of a chain.
    Append { device: String, chain: u32, count: u64 },
    /// Another line under a number of the chain, counted back from its end.
    Branch { device: String, chain: u32, back: u64, name: usize },
    /// A line that the log has already.
    Again { device: String, chain: u32 },
    /// What is known of a device.
    Device { device: String, revoked: Option<u64> },
    /// A line and a device, and then an error.
    Fails { device: String },
    /// Another epoch.
    Epoch { byte: u8 },
    /// Nothing but what is read after every step.
    Look,
}

impl Step {
    fn random(random: &mut Random, name: usize) -> Self {
        let (device, chain) = (random.device(), 1 + random.below(2) as u32);
        match random.below(12) {
            0..5 => Self::Append { device, chain, count: 1 + random.below(4) },
            // More than a store may keep together.
            5 => Self::Append { device, chain, count: 250 + random.below(300) },
            6 => Self::Branch { device, chain, back: random.below(3), name },
            7 => Self::Again { device, chain },
            8 => Self::Device { device, revoked: (random.below(2) == 1).then_some(random.below(100)) },
            9 => Self::Fails { device },
            // Never the same one: it is not an epoch that begins then.
            10 => Self::Epoch { byte: 100 + name as u8 },
            _ => Self::Look,
        }
    }

    fn run(&self, tx: &mut dyn Write) -> Result<(), Fault> {
        let lseq = tx.end("s1")?.unwrap().lseq;
        match self {
            Self::Append { device, chain, count } => {
                let seq = seq(tx, device, *chain)?;
                let lines: Vec<_> =
                    (1..=*count).map(|at| line(lseq + at, device, *chain, seq + at)).collect();
                tx.append(&lines)
            }
            Self::Branch { device, chain, back, name } => {
                let seq = seq(tx, device, *chain)?.saturating_sub(*back).max(1);
                let mut other = line(lseq + 1, device, *chain, seq);
                other.hash = hash(&format!("branch {name}"));
                tx.append(&[other])
            }
            Self::Again { device, chain } => {
                let seq = seq(tx, device, *chain)?.max(1);
                let known = tx.lines("s1", device, *chain, seq)?.pop();
                tx.append(
                    &known
                        .map(|known| endpoint::store::Logged { lseq: lseq + 1, ..known })
                        .into_iter()
                        .collect::<Vec<_>>(),
                )
            }
            Self::Device { device, revoked } => tx.put_device(&with(device, *revoked)),
            Self::Fails { device } => {
                let seq = seq(tx, device, 1)?;
                tx.append(&[line(lseq + 1, device, 1, seq + 1)])?;
                tx.put_device(&with(device, Some(7)))?;
                Err(Fault::broken("on purpose"))
            }
            Self::Epoch { byte } => tx.begin_epoch([*byte; 16]),
            Self::Look => Ok(()),
        }
    }
}

fn with(id: &str, revoked: Option<u64>) -> Device {
    Device { revoked, ..device(id, Some(&id.to_uppercase())) }
}

fn seq(tx: &dyn Write, device: &str, chain: u32) -> Result<u64, Fault> {
    let ends = tx.chains("s1", Some(device))?;
    Ok(ends.iter().find(|end| end.chain == chain).map_or(0, |end| end.seq))
}

/// What a transaction reads, as text.
fn seen(tx: &dyn Write, back: u64) -> Result<String, Fault> {
    let end = tx.end("s1")?.unwrap();
    let mut text = format!("{end:?} {:?}\n", tx.log_hash("s1", end.lseq.saturating_sub(back))?);
    for id in ["d0", "d1", "d2"] {
        text += &format!("{:?}\n", tx.device("s1", id)?);
        for end in tx.chains("s1", Some(id))? {
            text += &format!("{end:?}\n");
            for seq in [1, end.seq.saturating_sub(back), end.seq, end.seq + 1] {
                text += &format!("{:?}\n", tx.lines("s1", id, end.chain, seq)?);
            }
        }
    }
    Ok(text)
}

/// What a step did, and what is read after it: in its transaction, and in one of its own. A step that is tried reads no more than it needs.
async fn after(store: &dyn Store, step: &Step, back: u64, is_tried: bool) -> (Result<String, ()>, String) {
    let (again, step) = (step.clone(), step.clone());
    let tried = if is_tried {
        store.trying("s1", move |tx| again.run(tx).map(|()| String::new())).await
    } else {
        Err(Fault::Outdated)
    };
    let done = match tried {
        Err(Fault::Outdated) => {
            let work = move |tx: &mut dyn Write| {
                step.run(tx)?;
                if is_tried { Ok(String::new()) } else { seen(tx, back) }
            };
            store.writing("s1", work).await
        }
        tried => tried,
    };
    let done = done.map_err(drop);
    (done, store.writing("s1", move |tx| seen(tx, back)).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_stores_answer_alike() {
    for seed in 0..SEEDS {
        let (folder, url) = (TempDir::new().unwrap(), cluster::shared().database());
        let memory: Arc<dyn Store> = Arc::new(Memory::default());
        let sqlite: Arc<dyn Store> = Arc::new(Sqlite::open(folder.path()).unwrap());
        let mut shared: Vec<Arc<dyn Store>> = Vec::new();
        for _ in 0..2 {
            shared.push(Arc::new(Postgres::open(&cluster::address(&url)).await.unwrap()));
        }
        for store in [&memory, &sqlite, &shared[0]] {
            store.writing("s1", |tx| tx.found(EPOCH, EMPTY)).await.unwrap();
        }
        let (mut random, mut turn) = (Random(seed), 0);
        for number in 0..STEPS {
            let (step, back) = (Step::random(&mut random, number), random.below(4));
            let is_tried = random.below(2) == 1;
            // Now and then the other endpoint: one goes on without the lock only while it is alone.
            turn ^= usize::from(random.below(4) == 0);
            let postgres = &shared[turn];
            let expected = after(&*memory, &step, back, is_tried).await;
            for (name, store) in [("SQLite", &sqlite), ("PostgreSQL", postgres)] {
                let found = after(&**store, &step, back, is_tried).await;
                assert!(
                    found == expected,
                    "{name}, seed {seed}, step {number}: {step:?}\n{found:?}\n{expected:?}"
                );
            }
        }
    }
}
