//! Generated day books: their properties, and their reports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use codec::memory::Book;
use daybook::ast::Statement;
use daybook::generate::{GeneratorOptions, generate};
use daybook::journal::journal;
use daybook::parse::parse;
use daybook::run::{check, run};
use daybook::state::State;
use journal::{Clock, Line, Verifier};
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{Body, Record, Verdict};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::ageing::AgeingSums;
use ledger::view::partner::PartnerLedger;
use ledger::view::reasons::Reasons;
use ledger::view::span::Span;
use ledger::view::takings::Takings;
use ledger::view::trial::TrialBalance;
use std::collections::BTreeSet;
use std::convert::Infallible;

fn text(entries: u64, seed: u64) -> String {
    generate(GeneratorOptions { entries, seed, customers: entries.div_ceil(20) }).collect()
}

fn recorded(entries: u64, seed: u64) -> (Book, ledger::money::Currency) {
    let daybook = parse(&text(entries, seed)).unwrap();
    (run(&daybook).unwrap(), daybook.currency.unwrap())
}

fn accounts(book: &Book) -> Vec<CustomerBook> {
    let of = |customer: &Id| -> Vec<Record> {
        let own = |record: &Record| record.entry.customer.as_ref() == Some(customer);
        book.records().filter(own).collect()
    };
    book.accounts().map(|(customer, _)| CustomerBook::new(customer.clone(), of(customer))).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(text(500, 7), text(500, 7));
    assert_ne!(text(500, 7), text(500, 8));
}

#[test]
fn every_act_is_recorded_and_the_number_is_exact() {
    for (entries, seed) in [(1, 1), (12, 2), (137, 3), (2_000, 4), (3_000, 5)] {
        let daybook = parse(&text(entries, seed)).unwrap();
        let failures = check(&daybook);
        assert!(failures.is_empty(), "seed {seed}: {:?}", &failures[..failures.len().min(3)]);
        let acts = daybook.lines.iter().filter(|line| matches!(line.statement, Statement::Act(_))).count();
        assert_eq!(acts as u64, entries, "seed {seed}");
        // A transfer records two entries.
        let book = run(&daybook).unwrap();
        let is_first = |record: &Record| !matches!(record.entry.body, Body::CreditTransferred(_));
        assert_eq!(book.records().filter(is_first).count() as u64, entries, "seed {seed}");
    }
}

#[test]
fn a_large_day_book_contains_every_kind_of_the_notation() {
    let (book, _) = recorded(8_000, 5);
    let found: BTreeSet<_> = book.records().map(|record| record.entry.body.kind()).collect();
    let not_in_the_notation = [
        "right.granted",
        "entry.adopted",
        "device.invited",
        "device.revoked",
        "invite.withdrawn",
        "shop.moved",
    ];
    let missing: Vec<_> = Body::KINDS
        .iter()
        .map(|(kind, _)| *kind)
        .filter(|kind| !found.contains(kind) && !not_in_the_notation.contains(kind))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn a_large_day_book_contains_every_form_of_the_notation() {
    let text = text(8_000, 5);
    let forms = [
        " less 10%",
        " less 100%",
        " discount 10%",
        " discount 5.00",
        "0.350 x ",
        " return 1 x \"Chair\"",
        " return 1 x line 2",
        " rounding 0.0",
        " rounding -0.0",
        " tendered ",
        "request ",
        " opening",
        " up-front",
    ];
    let starts = ["pay ", "refund ", "payout "];
    let rounded =
        |start: &&str| text.lines().any(|line| line.starts_with(*start) && line.contains(" rounding "));
    let missing: Vec<_> = forms.into_iter().filter(|form| !text.contains(form)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(starts.iter().find(|start| !rounded(start)), None);
}

#[test]
fn its_journal_is_valid_and_folds_to_the_same_state() {
    for (entries, seed) in [(40, 1), (1_500, 9)] {
        let daybook = parse(&text(entries, seed)).unwrap();
        let (mut verifier, mut book, mut lines) = (Verifier::default(), Book::new(), 0);
        journal(daybook.clone(), |line| {
            lines += 1;
            assert_eq!(verifier.check(line.as_bytes()), [], "line {lines}");
            let clock: Clock = Line::parse(line.as_bytes()).unwrap().clock;
            let decoded = codec::decode::decode(line.as_bytes(), clock, Verdict::Ok).unwrap();
            if let codec::decode::Decoded::Entry(record) = decoded {
                book.add(*record);
            }
            Ok::<(), Infallible>(())
        })
        .unwrap();
        let currency = daybook.currency.clone().unwrap();
        let expected = State::of(&run(&daybook).unwrap(), &currency);
        assert_eq!(State::of(&book, &currency), expected);
    }
}

#[test]
fn statements_end_with_the_balance_of_the_account_and_continue_over_any_day() {
    let (book, _) = recorded(2_000, 11);
    for account in accounts(&book) {
        let whole = account.statement(&book.shop().seals, Span::default());
        let row = account.account().row();
        assert_eq!((whole.closing.owed, whole.closing.credit), (row.owed, row.credit - row.to_repay));
        for split in whole.rows.iter().map(|row| row.what.on) {
            let before = account.statement(&book.shop().seals, Span::up_to(Some(split)));
            let after = account.statement(&book.shop().seals, Span { from: Some(split.next()), to: None });
            assert_eq!(before.closing, after.opening, "{} on {split}", account.customer());
            assert_eq!(before.rows.len() + after.rows.len(), whole.rows.len());
        }
    }
}

#[test]
fn ageing_adds_up_to_the_receivable_and_the_credit_as_of_every_day() {
    let (book, _) = recorded(1_000, 12);
    let accounts = accounts(&book);
    let days: BTreeSet<Date> = book.records().map(|record| record.entry.on).collect();
    for day in days.iter().rev().step_by(29) {
        let mut sums = AgeingSums::default();
        accounts.iter().for_each(|account| sums += &account.ageing(&book.shop().seals, *day).sums);
        let trial = TrialBalance::by_code(&book.balances(Some(*day)));
        let of = |code| {
            let row = trial.rows.iter().find(|row| row.account == BookAccount::of(code));
            row.map_or(Money::ZERO, |row| row.debit - row.credit)
        };
        assert!(trial.balances());
        assert_eq!(sums.total(), of(Code::Receivable), "as of {day}");
        assert_eq!(sums.credit - sums.to_repay, -of(Code::CustomerCredit), "as of {day}");
    }
}

#[test]
fn takings_partners_and_reasons_agree_with_the_book_accounts() {
    let (book, _) = recorded(8_000, 13);
    let (mut takings, mut partners, mut reasons) =
        (Takings::default(), PartnerLedger::default(), Reasons::default());
    let accounts = accounts(&book);
    for account in &accounts {
        let rows = account.posted_journal(&book.shop().seals);
        takings.add(account.account(), &rows, Span::default());
        reasons.add(account.account(), &rows, Span::default());
        partners.add(&rows, Span::default());
    }
    // What a card processor keeps of a disputed payment is no takings.
    let from_customers: Money = accounts
        .iter()
        .flat_map(CustomerBook::moved)
        .filter(|moved| moved.account.code.is_money() || moved.account.code == Code::BankFees)
        .map(|moved| moved.amount)
        .sum();
    let net: Money = takings.rows.values().map(|row| row.taken - row.given_back).sum();
    assert_eq!(net, from_customers);
    for (partner, row) in &partners.rows {
        assert!(row.earned.is_positive() && row.clawback.is_positive(), "{partner} earns and gives back");
        assert_eq!(row.closing, row.earned - row.clawback);
        let accrued =
            book.balances(None).get(&BookAccount::of_party(Code::CommissionAccrued, partner)).copied();
        assert_eq!(row.accrued, -accrued.unwrap_or_default());
    }
    assert_eq!(partners.rows.len(), 3);
    assert!(reasons.rows.len() >= 4 && reasons.rows.values().all(|row| row.times > 0));
}
