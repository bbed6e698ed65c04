//! hledger, Ledger and Beancount accept the exports and have the same balance of every account.
//! `COUNTERFOIL_PEERS` names the installed programs; without it all of them are compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "../../daybook/tests/random/mod.rs"]
mod random;

use common::{TestFolder, counterfoil, day_books, generated, run_command};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use random::{Acts, Shape, books, not_refused};
use std::collections::BTreeMap;
use std::process::Command;

/// Balances in minor units by code and the letters of the party.
type Balances = BTreeMap<String, i64>;

/// A program that reads an export: its errors and its balances.
struct Peer {
    format: &'static str,
    check: fn(&str) -> String,
    balances: fn(&str) -> Balances,
}

const PEERS: [Peer; 3] = [
    Peer { format: "hledger", check: hledger_check, balances: hledger },
    Peer { format: "ledger", check: ledger_check, balances: ledger },
    Peer { format: "beancount", check: bean_check, balances: bean },
];

/// Whether a program is compared.
fn is_asked(format: &str) -> bool {
    std::env::var("COUNTERFOIL_PEERS").is_ok_and(|peers| peers.split(',').any(|peer| peer == format))
        || std::env::var_os("COUNTERFOIL_PEERS").is_none()
}

/// A program of Beancount, in its own folder or on the path.
fn beancount(program: &str) -> String {
    let folder = std::env::var("COUNTERFOIL_BEANCOUNT").unwrap_or_default();
    if folder.is_empty() { program.into() } else { format!("{folder}/{program}") }
}

fn run(program: &str, words: &[&str]) -> common::Outcome {
    run_command(Command::new(program).args(words).output().unwrap())
}

/// The output of a command that should print nothing.
fn complaint(outcome: &common::Outcome) -> String {
    if outcome.code == 0 {
        format!("{}{}", outcome.out, outcome.err)
    } else {
        format!("ends with {}: {}", outcome.code, outcome.err)
    }
}

fn hledger_check(path: &str) -> String {
    complaint(&run("hledger", &["-f", path, "check", "--strict"]))
}

fn ledger_check(path: &str) -> String {
    complaint(&run("ledger", &["-f", path, "--args-only", "--pedantic", "stats"]))
        .lines()
        .filter(|line| line.contains("rror"))
        .collect()
}

fn bean_check(path: &str) -> String {
    complaint(&run(&beancount("bean-check"), &[path]))
}

fn hledger(path: &str) -> Balances {
    let outcome = run("hledger", &["-f", path, "bal", "--flat", "-N", "-O", "csv"]);
    let rows = outcome.out.lines().skip(1).filter_map(|line| line.trim_matches('"').split_once("\",\""));
    sums(rows.map(|(account, amount)| (key(account), minor(amount))))
}

fn ledger(path: &str) -> Balances {
    let format = "%(account)|%(display_total)\n";
    let words = ["-f", path, "--args-only", "bal", "--flat", "--no-total", "--balance-format", format];
    let outcome = run("ledger", &words);
    let rows = outcome.out.lines().filter_map(|line| line.split_once('|'));
    sums(rows.map(|(account, amount)| (key(account), minor(amount))))
}

fn bean(path: &str) -> Balances {
    let program = "import sys, collections\n\
        from beancount import loader\n\
        sums = collections.Counter()\n\
        for entry in loader.load_file(sys.argv[1])[0]:\n    \
            for posting in getattr(entry, 'postings', None) or []:\n        \
                sums[posting.account] += posting.units.number\n\
        for account, number in sums.items():\n    print(account + '|' + str(number))\n";
    let outcome = run(&beancount("python"), &["-c", program, path]);
    let rows = outcome.out.lines().filter_map(|line| line.split_once('|'));
    sums(rows.map(|(account, amount)| (key(account), minor(amount))).filter(|(_, minor)| *minor != 0))
}

fn sums(rows: impl Iterator<Item = (String, i64)>) -> Balances {
    let mut balances = Balances::new();
    rows.for_each(|(account, minor)| *balances.entry(account).or_default() += minor);
    balances
}

/// The balances of the codes, without parties.
fn by_code(balances: Balances) -> Balances {
    let of_code = |(account, minor): (String, i64)| (account[..4].to_owned(), minor);
    let mut codes = sums(balances.into_iter().map(of_code));
    codes.retain(|_, minor| *minor != 0);
    codes
}

/// `Assets:1100 Receivable:mira`, `Assets:A1100-Receivable:Mira` and `1100:mira` are one account.
fn key(account: &str) -> String {
    let number = account.find(|each: char| each.is_ascii_digit()).unwrap();
    let (code, rest) = account[number..].split_at(4);
    let party = rest.split_once(':').map_or("", |(_, party)| party);
    let letters = party.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    format!("{code} {}", letters.to_lowercase())
}

fn minor(amount: &str) -> i64 {
    amount.chars().filter(|each| each.is_ascii_digit() || *each == '-').collect::<String>().parse().unwrap()
}

fn ours(path: &str) -> Balances {
    let outcome = counterfoil(&["journal", "balances", "--parties", path]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    // Debits end further left than credits, which are the last column.
    let width = outcome.out.lines().next().unwrap().len();
    let mut balances = Balances::new();
    for line in outcome.out.lines().skip(1).filter(|line| !line.starts_with("Total")) {
        let amount = line.split_whitespace().next_back().unwrap();
        let sign = if line.chars().count() >= width { "-" } else { "" };
        let name = line.split("  ").next().unwrap();
        *balances.entry(key(name)).or_default() += minor(&format!("{sign}{amount}"));
    }
    balances
}

fn compare(what: &str, daybook: &str) {
    compare_as(what, daybook, |balances| balances);
}

fn compare_as(what: &str, daybook: &str, shown: fn(Balances) -> Balances) {
    let folder = TestFolder::new();
    let (journal, _) = folder.journal(daybook);
    let ours = shown(ours(&journal));
    for peer in PEERS.iter().filter(|peer| is_asked(peer.format)) {
        let outcome = counterfoil(&["journal", "export", "--format", peer.format, &journal]);
        assert_eq!(outcome.code, 0, "{what}: {}", outcome.err);
        let path = folder.put(&format!("book.{}", peer.format), &outcome.out);
        assert_eq!((peer.check)(&path), "", "{} on {what}", peer.format);
        assert_eq!(shown((peer.balances)(&path)), ours, "{} on {what}", peer.format);
    }
}

#[test]
#[ignore = "needs the peers: the step `peers` of cargo xtask test installs them"]
fn exports_agree_on_every_day_book() {
    for path in day_books() {
        // Names that differ only in signs are told apart by numbers, which `key` does not know.
        let alike = path.ends_with("names-alike.daybook");
        let text = std::fs::read_to_string(&path).unwrap();
        compare_as(&path.to_string_lossy(), &text, if alike { by_code } else { |balances| balances });
    }
}

#[test]
#[ignore = "needs the peers: the step `peers` of cargo xtask test installs them"]
fn exports_agree_on_generated_books() {
    for seed in 1..=3 {
        compare(&format!("seed {seed}"), &generated(1_500, seed));
    }
}

/// Books with every act and with offline counters, in currencies with zero, two and three decimals.
#[test]
#[ignore = "needs the peers: the step `peers` of cargo xtask test installs them"]
fn exports_agree_on_random_books() {
    let mut runner = TestRunner::deterministic();
    for (round, currency) in ["GBP", "JPY", "KWD", "EUR", "GBP", "USD"].into_iter().enumerate() {
        let tills = 1 + round % 3;
        let shape = Shape {
            customers: 3,
            tills,
            acts: 200,
            acts_of: Acts::All,
            currency,
            large: false,
            seals: tills > 1,
        };
        let text = books(shape).new_tree(&mut runner).unwrap().current();
        compare(&format!("random book {round} in {currency}"), &not_refused(&text));
    }
}
