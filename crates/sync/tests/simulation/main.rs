//! The exchange as a whole, simulated: counters, endpoints and a network that fails in every way, from one seed.
//!
//! ```text
//! cargo test -p sync --test simulation                                    every seed of CI
//! SIMULATION_SEED=4711 cargo test -p sync --test simulation replay_seed -- --nocapture
//! cargo xtask soak                                                        a million seeds
//! ```
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

mod bugs;
mod chaos;
mod checks;
#[path = "../common/mod.rs"]
mod common;
mod counter;
mod disk;
mod faults;
mod malicious;
mod mistakes;
mod network;
mod random;
mod run;
mod service;
mod world;

use bugs::Bug;
use faults::Fault;
use run::{Report, run};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// The number of seeds, if none is said.
const SEEDS: u64 = 20_000;
/// How often each kind of fault happens at least in that many seeds.
const AT_LEAST: u64 = 1_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn replay(seed: u64) -> String {
    format!("SIMULATION_SEED={seed} cargo test -p sync --test simulation replay_seed -- --nocapture")
}

/// A run in which a panic is something that is wrong, too.
fn outcome(seed: u64, bug: Option<Bug>) -> Report {
    catch_unwind(AssertUnwindSafe(|| run(seed, bug))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or(panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default();
        Report {
            wrong: Some(format!("panic: {text}")),
            trace: 0,
            steps: 0,
            acts: 0,
            hours: 0,
            seen: Vec::new(),
        }
    })
}

/// What all seeds were together.
#[derive(Default)]
struct Total {
    steps: u64,
    acts: u64,
    hours: u64,
    seen: Vec<u64>,
    wrong: Vec<(u64, String)>,
}

impl Total {
    fn add(&mut self, seed: u64, report: Report) {
        self.steps += report.steps;
        self.acts += report.acts;
        self.hours += report.hours;
        self.seen.resize(Fault::ALL.len(), 0);
        for (total, seen) in self.seen.iter_mut().zip(report.seen) {
            *total += seen;
        }
        if let Some(wrong) = report.wrong {
            // At once: a soak takes long.
            println!("seed {seed}: {wrong}\n  {}", replay(seed));
            self.wrong.push((seed, wrong));
        }
    }
}

fn all(seeds: u64) -> Total {
    let from = number("SIMULATION_FROM").unwrap_or(0);
    let next = AtomicU64::new(from);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let totals: Vec<Total> = std::thread::scope(|scope| {
        let work = || {
            let mut total = Total::default();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed > from && seed.is_multiple_of(50_000) {
                    println!("{} seeds", seed - from);
                }
                if seed >= from + seeds || total.wrong.len() > 3 {
                    return total;
                }
                total.add(seed, outcome(seed, None));
            }
        };
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    let mut all = Total::default();
    for total in totals {
        all.steps += total.steps;
        all.acts += total.acts;
        all.hours += total.hours;
        all.seen.resize(Fault::ALL.len(), 0);
        all.seen.iter_mut().zip(total.seen).for_each(|(all, seen)| *all += seen);
        all.wrong.extend(total.wrong);
    }
    all.wrong.sort();
    all
}

#[test]
fn seeds() {
    let seeds = number("SIMULATION_SEEDS").unwrap_or(SEEDS);
    let begin = Instant::now();
    let Total { steps, acts, hours, seen, wrong } = all(seeds);
    let faults: u64 = seen.iter().sum();
    println!(
        "{seeds} seeds in {:?}: {hours} hours, {acts} acts, {steps} steps, {faults} faults",
        begin.elapsed()
    );
    assert!(wrong.is_empty(), "{} seeds failed: {wrong:?}", wrong.len());
    for (fault, seen) in Fault::ALL.iter().zip(&seen) {
        println!("{seen:>9} {fault:?}");
        assert!(*seen >= AT_LEAST * seeds / SEEDS, "{fault:?} happened only {seen} times");
    }
}

/// One seed again, if the environment names one.
#[test]
fn replay_seed() {
    let Some(seed) = number("SIMULATION_SEED") else { return };
    let report = run(seed, None);
    println!("seed {seed}: {report:#?}");
    assert_eq!(report.wrong, None);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in 0..100 {
        assert_eq!(outcome(seed, None), outcome(seed, None), "seed {seed}");
    }
}

/// Every planted mistake is found within some seeds.
#[test]
fn planted_mistakes_are_found() {
    // The hook prints each panic, and planted mistakes cause some.
    let limit = number("SIMULATION_SEEDS").unwrap_or(SEEDS).min(4_000);
    let mut missed = Vec::new();
    for bug in Bug::ALL {
        let found = (0..limit).find_map(|seed| outcome(seed, Some(*bug)).wrong.map(|wrong| (seed, wrong)));
        match found {
            Some((seed, wrong)) => println!("{bug:?}: seed {seed}: {wrong}"),
            None => missed.push(bug),
        }
    }
    assert!(missed.is_empty(), "not found: {missed:?}");
}
