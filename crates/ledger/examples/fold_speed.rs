//! How many entries a second fold: one account that grows long, and many that stay short.
//!
//! `cargo run --release -p ledger --example fold_speed`
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use ledger::account::CustomerBook;
use ledger::act::customer::AddCustomer;
use ledger::act::order::{Line, OrderPartner, OrderPlaced, PartnerRole, TaxGroup};
use ledger::act::payment::{Allocation, Method, PaymentRecorded};
use ledger::act::shop::Basis;
use ledger::body::Body;
use ledger::code::BookAccount;
use ledger::date::Date;
use ledger::entry::{Entry, Place, Record, Verdict};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rate::Rate;

fn main() {
    for (accounts, entries) in [(1, 100_000), (100, 1_000), (5_000, 20)] {
        let books: Vec<_> = (0..accounts).map(|at| (id(0, at), records(at, entries))).collect();
        let start = cpu();
        let folded: Vec<_> =
            books.into_iter().map(|(customer, records)| CustomerBook::new(customer, records)).collect();
        let total = accounts * entries;
        let took = cpu() - start;
        assert!(folded.iter().all(|book| book.account().check().is_ok()));
        println!("{accounts} accounts of {entries}: {} ns an entry", took / total);
        let mut one = folded.into_iter().next().unwrap();
        let more = records(0, entries + 1_000).split_off(entries as usize);
        let start = cpu();
        for record in more {
            one.add(record);
        }
        println!("  one more at the end: {} ns", (cpu() - start) / 1_000);
        let mut others = records(0, entries);
        let late = others.remove(others.len() / 2);
        let mut book = CustomerBook::new(id(0, 0), others);
        let start = cpu();
        book.add(late);
        println!("  one that comes late into the middle: {} ns", cpu() - start);
    }
}

/// Nanoseconds that this thread was on a processor: what neighbours on the machine do does not count.
fn cpu() -> u64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    spent.split(' ').next().unwrap().parse().unwrap()
}

fn id(sort: u128, at: u64) -> Id {
    Id::from_bits(0x0195_0000_0000_7000_8000_0000_0000_0000 + (sort << 40) + u128::from(at))
}

fn records(account: u64, entries: u64) -> Vec<Record> {
    let on = Date::parse("2026-03-02").unwrap();
    let customer = id(0, account);
    let entry = |at: u64| {
        let (sort, body) = match at {
            0 => (0, Body::CustomerAdded(somebody())),
            at if at % 2 == 1 => (1, Body::OrderPlaced(order())),
            at => (2, Body::PaymentRecorded(payment(id(1, (account << 24) + at - 1)))),
        };
        let id = if sort == 0 { customer.clone() } else { id(sort, (account << 24) + at) };
        Entry { id, no: None, actor: customer.clone(), on, customer: Some(customer.clone()), body }
    };
    let place = |seq| Place { order: (seq, 0), device: customer.clone(), chain: 1, seq };
    (0..entries).map(|at| Record { place: place(at), verdict: Verdict::Ok, entry: entry(at) }).collect()
}

fn somebody() -> AddCustomer {
    AddCustomer { name: "Mira".into(), company: false, phone: None, email: None, note: None, walk_in: false }
}

fn order() -> OrderPlaced {
    let rate = Rate(200_000);
    let (gross, tax) = (Money(12_000), Money(2_000));
    let partner =
        OrderPartner { role: PartnerRole::Sale, id: id(3, 0), rate: Rate(100_000), basis: Basis::OnPayment };
    OrderPlaced {
        lines: vec![Line { text: "Chair".into(), qty: 1, unit: gross, gross, rate }],
        groups: vec![TaxGroup { rate, gross, tax }],
        partners: vec![partner],
        due: None,
        reference: None,
        opening: false,
    }
}

fn payment(order: Id) -> PaymentRecorded {
    PaymentRecorded {
        method: Method::Cash,
        account: BookAccount::drawer("A"),
        amount: Money(12_100),
        tendered: None,
        allocations: vec![Allocation { order, amount: Money(12_000) }],
        eligible: true,
        reference: None,
        note: None,
    }
}
