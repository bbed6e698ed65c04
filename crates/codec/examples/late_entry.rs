//! Measures late entries: for every account of a journal, a payment that a counter wrote a year before the account's
//! last entry and that arrives now.
//!
//! `cargo run --release -p codec --example late_entry -- BOOK.jsonl`
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing)]

use codec::decode::{Decoded, decode};
use journal::Line;
use ledger::code::BookAccount;
use ledger::entry::{Body, Entry, PaymentRecorded, Place, Record, Verdict};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use std::collections::HashMap;
use std::time::Instant;

const YEAR: u64 = 365 * 24 * 60 * 60 * 1_000;

#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut accounts: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in text.lines() {
        let customer = Line::parse(line.as_bytes()).unwrap().account;
        accounts.entry(customer.unwrap_or_default()).or_default().push(line);
    }
    accounts.remove("");
    let (entries, customers) = (text.lines().count(), accounts.len());
    let mut nanoseconds: Vec<_> =
        accounts.into_iter().map(|(customer, lines)| late_payment(customer, &lines)).collect();
    nanoseconds.sort_unstable();
    let percentile = |percent: usize| nanoseconds[(nanoseconds.len() - 1) * percent / 100] / 1_000;
    let (middle, most, longest) = (percentile(50), percentile(99), percentile(100));
    println!(
        "{entries} lines, {customers} accounts: the middle one {middle} us, 99 of 100 within {most} us, all within {longest} us"
    );
}

/// The time to add a late payment to one account, in nanoseconds.
fn late_payment(customer: &str, lines: &[&str]) -> u128 {
    let records: Vec<Record> = lines.iter().map(|line| record(line)).collect();
    let last = records.last().unwrap();
    let customer = Id::new(customer).unwrap();
    let device = Id::new("late").unwrap();
    let place =
        Place { order: (last.place.order.0.saturating_sub(YEAR), 0), device, chain: 1, seq: 2, branch: 0 };
    let id = Id::new("late-payment").unwrap();
    let (actor, on) = (last.entry.actor.clone(), last.entry.on);
    let entry = Entry { id, no: None, actor, on, customer: Some(customer.clone()), body: payment() };
    let book = CustomerBook::new(customer, records);
    let record = Record { place, verdict: Verdict::Ok, entry };
    // The fastest of three runs: time spent waiting for a processor does not count.
    (0..3).map(|_| add(book.clone(), record.clone())).min().unwrap()
}

fn add(mut book: CustomerBook, record: Record) -> u128 {
    let start = Instant::now();
    let moved = book.add(record);
    let nanoseconds = start.elapsed().as_nanos();
    assert!(!moved.is_empty());
    nanoseconds
}

fn record(line: &str) -> Record {
    let clock = Line::parse(line.as_bytes()).unwrap().clock;
    match decode(line.as_bytes(), clock, Verdict::Ok).unwrap() {
        Decoded::Entry(record) => *record,
        Decoded::Chain(_) => unreachable!("the first line of a chain has no customer"),
    }
}

fn payment() -> Body {
    Body::PaymentRecorded(PaymentRecorded {
        method: Method::Cash,
        account: BookAccount::drawer("A"),
        amount: Money(100),
        tendered: None,
        allocations: Vec::new(),
        eligible: true,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    })
}
