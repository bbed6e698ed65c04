//! Records that arrive late, twice, refused, adopted, or before the documents that they name.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod counter;

use counter::{Counter, apply, date, grant, id, m, order, pay};
use ledger::code::{BookAccount, Code};
use ledger::entry::{AddBank, Adopted, Body, Covered, Entry, FromLot, Place, Record, SetRounding, Verdict};
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::method::Method;
use ledger::money::Money;
use ledger::posting::Movement;
use ledger::rules::{Act, ProcessPayout, Reversal};
use ledger::shop::Shop;

fn place(order: u64, device: &str, seq: u64) -> Place {
    Place { order: (order, 0), device: id(device), chain: 1, seq, branch: 0 }
}

fn record(order: u64, device: &str, seq: u64, entry: Entry) -> Record {
    Record { place: place(order, device, seq), verdict: Verdict::Ok, entry }
}

/// The entries of Mira: two orders, a credit of 50.00, the credit applied to the first order, and a payment of the
/// second.
fn entries() -> Vec<Entry> {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(4_000)));
    counter.mira("O-2", Act::PlaceOrder(order(3_000)));
    counter.mira("C-1", Act::GrantCredit(grant(5_000)));
    counter.mira("A-1", Act::ApplyCredit(apply("C-1", "O-1", 4_000)));
    counter.mira("P-1", Act::RecordPayment(pay(3_000, &[("O-2", None)])));
    counter.entries.into_iter().filter(|entry| entry.customer == Some(id("mira"))).collect()
}

fn records() -> Vec<Record> {
    entries().into_iter().zip(1..).map(|(entry, at)| record(at, "a", at, entry)).collect()
}

fn sum(moved: &[Movement], code: Code) -> i64 {
    moved.iter().filter(|line| line.account.code == code).map(|line| line.amount.0).sum()
}

#[test]
fn the_order_of_arrival_does_not_change_the_state_or_the_sums() {
    let whole = CustomerBook::new(id("mira"), records());
    let expected = (whole.account().digest_input(), whole.moved());
    for turn in 0..records().len() {
        let mut shuffled = records();
        shuffled.rotate_left(turn);
        shuffled.swap(0, turn / 2);
        let mut book = CustomerBook::new(id("mira"), Vec::new());
        let mut moved = Vec::new();
        for record in shuffled {
            moved.extend(book.add(record.clone()));
            assert_eq!(book.add(record), Vec::new());
            assert_eq!(book.account().check(), Ok(()));
        }
        assert_eq!(book.account().digest_input(), expected.0);
        for code in Code::ALL {
            assert_eq!(sum(&moved, code), sum(&expected.1, code), "{code:?}");
        }
    }
}

#[test]
fn a_claim_waits_for_the_document_it_names_and_a_fact_does_not() {
    let all = records();
    let mut book = CustomerBook::new(id("mira"), vec![all[0].clone(), all[4].clone(), all[5].clone()]);
    let open = book.account().exceptions(&Shop::default());
    assert_eq!(
        (open[0].kind, &open[0].entry, open[0].other.as_ref()),
        (Kind::WaitingFor, &id("A-1"), Some(&id("C-1")))
    );
    assert_eq!(book.account().row().credit, m(3_000));
    for at in [2, 1, 3] {
        book.add(all[at].clone());
    }
    assert_eq!(book.account().exceptions(&Shop::default()), Vec::new());
    assert_eq!((book.account().row().owed, book.account().row().credit), (m(0), m(1_000)));
}

#[test]
fn an_entry_before_the_document_it_names_is_folded_right_after_it() {
    let mut all = records();
    all[4].place = place(0, "b", 1);
    let book = CustomerBook::new(id("mira"), all);
    assert_eq!(book.account().exceptions(&Shop::default()), Vec::new());
    assert_eq!(book.account().row().credit, m(1_000));
}

#[test]
fn of_two_entries_with_one_id_the_first_counts_and_a_repetition_does_nothing() {
    let mut all = records();
    let (mut again, mut other) = (all[5].clone(), all[5].clone());
    again.place = place(10, "b", 1);
    other.place = place(11, "c", 1);
    if let Body::PaymentRecorded(paid) = &mut other.entry.body {
        paid.amount = m(9_999);
    }
    all.extend([again, other]);
    let book = CustomerBook::new(id("mira"), all);
    let open = book.account().exceptions(&Shop::default());
    assert_eq!(open.iter().map(|open| open.kind).collect::<Vec<_>>(), [Kind::IdClash]);
    assert_eq!(book.account().clashes().len(), 1);
    assert_eq!(sum(&book.moved(), Code::Cash), 3_000);
}

#[test]
fn a_refused_entry_posts_nothing_until_it_is_adopted() {
    let mut all = records();
    let mut book = CustomerBook::new(id("mira"), all.clone());
    all[5].verdict = Verdict::Refused;
    let moved = book.add(all[5].clone());
    assert_eq!(sum(&moved, Code::Cash), -3_000);
    assert_eq!(book.account().row().owed, m(3_000));
    let adopted = Adopted { hash: "0".repeat(64), device: id("a"), chain: 1, seq: 6 };
    let entry = Entry { id: id("Y-1"), no: None, body: Body::EntryAdopted(adopted), ..all[5].entry.clone() };
    let moved = book.add(record(20, "a", 20, entry));
    assert_eq!(sum(&moved, Code::Cash), 3_000);
    assert_eq!(book.account().row().owed, m(0));
}

/// Of a refused entry and a repetition that counts, the account has the one that counts.
#[test]
fn a_repetition_of_a_refused_entry_counts_with_its_own_date_and_drawer() {
    let mut all = records();
    all[5].verdict = Verdict::Refused;
    let mut again = record(20, "b", 1, all[5].entry.clone());
    again.entry.on = date("2026-03-04");
    if let Body::PaymentRecorded(paid) = &mut again.entry.body {
        paid.account = BookAccount::drawer("B");
    }
    all.push(again.clone());
    let book = CustomerBook::new(id("mira"), all);
    assert_eq!(book.account().clashes(), []);
    assert_eq!(book.account().entry(&again.entry.id).map(|entry| entry.on), Some(date("2026-03-04")));
    let drawer = |moved: &&Movement| moved.account == BookAccount::drawer("B");
    assert_eq!(book.moved().iter().filter(drawer).map(|moved| moved.amount).sum::<Money>(), m(3_000));
}

#[test]
fn a_late_entry_counts_on_the_first_open_day() {
    let all = records();
    let day = date("2026-03-02");
    let covers = vec![Covered { device: id("a"), chain: 1, seq: 5 }];
    let mut counter = Counter::new();
    counter.ok(None, "seal", counter::seal(day, covers));
    let book = CustomerBook::new(id("mira"), all);
    let late = book.late(&counter.shop);
    assert_eq!(
        (late[0].kind, &late[0].entry, late[0].missing),
        (Kind::LateIntoSealedDay, &id("P-1"), m(3_000))
    );
    assert_eq!(late.len(), 1);
    assert_eq!(counter.shop.seals.posting_day(&place(6, "a", 6), day), date("2026-03-03"));
    let moved = ledger::posted::totals(&book.posted_journal(&counter.shop.seals));
    let cash: Vec<_> = moved.iter().filter(|line| line.account.code == Code::Cash).collect();
    assert_eq!((cash[0].on, cash[0].amount, cash.len()), (date("2026-03-03"), m(3_000), 1));
    let owed_on = |last| {
        let lines = moved.iter().filter(|line| line.account.code == Code::Receivable && line.on <= last);
        lines.map(|line| line.amount).sum::<Money>()
    };
    assert_eq!(owed_on(day), m(3_000));
    assert_eq!(owed_on(date("2026-03-03")), m(0));
}

#[test]
fn the_order_of_arrival_does_not_change_the_shop() {
    let mut counter = Counter::new();
    for name in ["Current", "Savings"] {
        counter.ok(None, name, Act::AddBank(AddBank { name: name.into() }));
    }
    let all: Vec<_> = counter.entries.into_iter().filter(|entry| entry.customer.is_none()).collect();
    let records: Vec<_> = all.into_iter().zip(1..).map(|(entry, at)| record(at, "a", at, entry)).collect();
    let whole = ShopBook::new(records.clone());
    assert_eq!(whole.shop().first_bank(), "Current");
    let mut backwards = ShopBook::default();
    for record in records.into_iter().rev() {
        backwards.add(record);
    }
    assert_eq!(backwards.shop(), whole.shop());
}

/// The completion of a pay-out posts what it rounds before the pay-out arrives, and once when it has arrived.
#[test]
fn a_rounded_completion_is_posted_before_its_pay_out_arrives() {
    let mut counter = Counter::new();
    counter.ok(None, "coin", Act::SetRounding(SetRounding { coin: m(5) }));
    counter.mira("C-1", Act::GrantCredit(grant(5_000)));
    let payout = ProcessPayout {
        amount: m(498),
        method: Method::Cash,
        bank: None,
        from: vec![FromLot { lot: id("C-1"), amount: m(498) }],
        payee: None,
        reference: None,
        note: None,
        rounding: m(-2),
    };
    counter.mira("X-1", Act::ProcessPayout(payout));
    counter.mira("X-2", Act::CompletePayout(id("X-1")));
    let reversal = Reversal { of: id("X-1"), reason: Some("refused".into()) };
    let mira = Some(id("mira"));
    let entries: Vec<Entry> =
        counter.entries.iter().filter(|entry| entry.customer == mira).cloned().collect();
    let mut records = entries.into_iter().zip(1..).map(|(entry, at)| record(at, "a", at, entry));
    let [customer, credit, processed, completed] = std::array::from_fn(|_| records.next().unwrap());
    let mut book = CustomerBook::new(id("mira"), vec![customer, credit]);
    let early = book.add(completed);
    let figures = |moved: &[Movement]| [Code::Cash, Code::CashRounding].map(|code| sum(moved, code));
    assert_eq!((figures(&early), sum(&early, Code::RefundsPayable)), ([-500, 2], 498));
    assert_eq!(book.account().check(), Ok(()));
    let late = book.add(processed);
    assert_eq!((figures(&late), sum(&late, Code::RefundsPayable)), ([0, 0], -498));
    assert_eq!(book.account().check(), Ok(()));
    assert_eq!(book.account().digest_input(), counter.account().digest_input());
    counter.mira("X-3", Act::ReversePayout(reversal));
    let reversed = counter.entries.last().unwrap().clone();
    let back = book.add(record(9, "a", 9, reversed));
    assert_eq!(figures(&back), [500, -2]);
    assert_eq!(book.account().check(), Ok(()));
}
