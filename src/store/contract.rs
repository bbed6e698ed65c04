//! The contract of every store: one suite that runs on the store in memory and on IndexedDB in a real browser.

mod new;
mod runs;
mod together;

use super::append::DEVICE;
use super::{Append, Arrivals, ChainPosition, Fault, NewEntry, Store, StoredEntry, Total, Waiting};
use journal::{Clock, Line, SideVerdict};
use new::{
    all_pages_are_read_in_parts, an_existing_id_writes_nothing, an_existing_word_writes_nothing,
    orders_are_read_in_parts_and_removed, waiting_items_are_read_by_account_and_removed,
    what_is_prepared_counts_with_the_first_commit,
};
use runs::{keys_in_runs_and_of_later_entries_add_up, keys_in_runs_find_their_entries};
use serde_json::value::RawValue;
use together::{
    a_mended_line_replaces_the_one_in_its_place, a_new_verdict_arrives_again,
    a_new_verdict_takes_an_entry_out_of_many, a_number_of_the_log_changes_nothing_else,
    many_entries_of_an_account_are_read_in_parts,
};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Runs every check on both stores. Each check gets a function that opens the same book, any number of times.
macro_rules! stamp {
    ($($check:ident),* $(,)?) => {
        #[cfg(not(target_arch = "wasm32"))]
        mod memory {
            $(#[test]
            fn $check() {
                use futures_util::FutureExt;
                let book = crate::store::Memory::default();
                let run = super::$check(async || book.clone());
                run.now_or_never().expect("a store in memory never waits");
            })*
        }

        #[cfg(target_arch = "wasm32")]
        mod indexed_db {
            use wasm_bindgen_test::wasm_bindgen_test;
            $(#[wasm_bindgen_test]
            async fn $check() {
                use crate::store::IndexedDb;
                let name = concat!("contract-", stringify!($check));
                IndexedDb::delete(name).await.unwrap();
                super::$check(async || IndexedDb::open(name, || ()).await.unwrap()).await;
                IndexedDb::delete(name).await.unwrap();
            })*
        }
    };
}

stamp![
    a_new_book_is_empty,
    a_commit_is_stored_completely,
    bytes_are_stored_verbatim,
    a_commit_from_an_old_state_writes_nothing,
    a_duplicate_number_writes_nothing,
    an_existing_id_writes_nothing,
    an_existing_word_writes_nothing,
    a_malformed_line_is_no_entry,
    an_account_is_read_alone,
    words_are_found_by_prefix,
    keys_in_runs_find_their_entries,
    keys_in_runs_and_of_later_entries_add_up,
    chains_are_read_page_by_page_in_order,
    arrivals_are_numbered_without_gaps,
    a_new_verdict_arrives_again,
    a_branch_stands_beside_its_chain,
    received_entries_arrive_all_or_none,
    a_mended_line_replaces_the_one_in_its_place,
    many_entries_of_an_account_are_read_in_parts,
    a_new_verdict_takes_an_entry_out_of_many,
    a_number_of_the_log_changes_nothing_else,
    pages_of_accounts_are_read_from_a_number_on,
    sums_add_up_exactly,
    sums_over_days_include_both_ends,
    sums_up_to_a_day_are_those_of_every_party,
    waiting_items_are_read_by_account_and_removed,
    orders_are_read_in_parts_and_removed,
    what_is_prepared_counts_with_the_first_commit,
    all_pages_are_read_in_parts,
    another_tab_sees_a_commit,
    rebuilding_caches_leaves_the_entries,
];

pub(super) fn line(device: &str, seq: u64, account: &str, id: &str) -> String {
    let line = Line {
        shop: "s",
        device,
        chain: 1,
        seq,
        prev: (seq > 1).then(|| journal::Hash::of(b"")),
        clock: Clock(seq, 0),
        id,
        no: None,
        actor: "ana",
        on: "2026-03-02",
        press: None,
        zone: "UTC",
        account: Some(account).filter(|account| !account.is_empty()),
        kind: "note.made",
        kv: 1,
        body: &RawValue::from_string(r#"{"text":"für 20 €"}"#.into()).unwrap(),
    };
    line.write().unwrap()
}

fn added(device: &str, seq: u64, account: &str, words: &[&str]) -> NewEntry {
    let bytes = line(device, seq, account, &format!("{device}-{seq}"));
    let words = words.iter().map(ToString::to_string).collect();
    NewEntry { words, ..NewEntry::parse(StoredEntry::own(bytes, Clock(seq, 0))).unwrap() }
}

/// A commit that changes the device's state from `from` to `to`.
fn append_from(from: Option<&str>, to: &str, entries: Vec<NewEntry>) -> Append {
    Append { expected: from.map(Into::into), device: to.into(), entries, ..Append::default() }
}

fn ids(found: &[StoredEntry]) -> Vec<&str> {
    found.iter().map(|stored| Line::parse(stored.bytes.as_bytes()).unwrap().id).collect()
}

fn total(code: u16, party: &str, day: &str, add: i64) -> Total {
    Total { code, party: party.into(), day: day.into(), add }
}

fn waiting(account: &str, id: &str, value: &str) -> Waiting {
    Waiting { account: account.into(), id: id.into(), value: value.into() }
}

/// Asserts that a failed commit left nothing behind.
async fn is_empty<S: Store>(book: &S) {
    assert_eq!(book.meta(DEVICE).await, Ok(None));
    assert_eq!(book.pages(0).await, Ok(vec![]));
    assert_eq!(book.after(None, 10).await, Ok(vec![]));
    assert_eq!(book.waiting(None, 99).await, Ok(vec![]));
    assert_eq!(book.sum(1000, "A", "", "9").await, Ok(0));
    assert_eq!(book.arrivals().await, Ok(Arrivals::default()));
}

async fn a_new_book_is_empty<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    is_empty(&book).await;
    assert_eq!(book.page(0).await, Ok(None));
    assert_eq!(book.entries("mira").await, Ok(vec![]));
    assert_eq!(book.with_id("x").await, Ok(vec![]));
    assert_eq!(book.with_word("", 10).await, Ok(vec![]));
    assert_eq!(book.totals(&[(1000, "A".into(), "2026-03-02".into())]).await, Ok(vec![0]));
}

fn whole_commit() -> Append {
    Append {
        meta: vec![("shop".into(), "corner".into())],
        pages: vec![(0, "mira owes 5".into())],
        totals: vec![total(1000, "A", "2026-03-02", 500)],
        waits: vec![waiting("mira", "x", "5")],
        ..append_from(None, "one", vec![added("d", 1, "", &[]), added("d", 2, "mira", &["ap-0001"])])
    }
}

async fn a_commit_is_stored_completely<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    book.append(&whole_commit()).await.unwrap();
    assert_eq!(book.meta(DEVICE).await, Ok(Some("one".into())));
    assert_eq!(book.meta("shop").await, Ok(Some("corner".into())));
    assert_eq!(book.pages(0).await, Ok(vec![(0, "mira owes 5".into())]));
    assert_eq!(book.page(0).await, Ok(Some("mira owes 5".into())));
    assert_eq!(ids(&book.entries("").await.unwrap()), ["d-1"]);
    assert_eq!(ids(&book.entries("mira").await.unwrap()), ["d-2"]);
    assert_eq!(ids(&book.with_id("d-2").await.unwrap()), ["d-2"]);
    assert_eq!(book.totals(&[(1000, "A".into(), "2026-03-02".into())]).await, Ok(vec![500]));
    assert_eq!(book.waiting(None, 99).await, Ok(vec![waiting("mira", "x", "5")]));
}

async fn bytes_are_stored_verbatim<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let spaced = line("d", 1, "mira", "x").replace(r#""kv":1"#, r#""kv" : 1"#);
    let stored = StoredEntry {
        verdict: SideVerdict::RefusedLimit,
        lseq: Some(7),
        signature: Some("5a".repeat(64)),
        ..StoredEntry::own(spaced, Clock(9, 3))
    };
    let entry = NewEntry::parse(stored.clone()).unwrap();
    book.append(&append_from(None, "one", vec![entry])).await.unwrap();
    assert_eq!(book.entries("mira").await, Ok(vec![StoredEntry { arrival: 1, ..stored }]));
}

async fn a_commit_from_an_old_state_writes_nothing<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let late = Append { expected: Some("zero".into()), ..whole_commit() };
    assert_eq!(book.append(&late).await, Err(Fault::Conflict));
    is_empty(&book).await;
    book.append(&append_from(None, "one", vec![])).await.unwrap();
    assert_eq!(book.append(&append_from(None, "two", vec![])).await, Err(Fault::Conflict));
    assert_eq!(book.meta(DEVICE).await, Ok(Some("one".into())));
}

async fn a_duplicate_number_writes_nothing<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    book.append(&append_from(None, "one", vec![added("d", 1, "mira", &[])])).await.unwrap();
    // The same number on another account: only the unique index over positions can detect it.
    let twice =
        Append { expected: Some("one".into()), entries: vec![added("d", 1, "bob", &[])], ..whole_commit() };
    assert_eq!(book.append(&twice).await, Err(Fault::EntryExists));
    assert_eq!(book.meta(DEVICE).await, Ok(Some("one".into())));
    assert_eq!(book.pages(0).await, Ok(vec![]));
    assert_eq!(book.entries("bob").await, Ok(vec![]));
    assert_eq!(book.sum(1000, "A", "", "9").await, Ok(0));
}

async fn a_malformed_line_is_no_entry<S: Store>(_: impl AsyncFn() -> S) {
    let torn = NewEntry::parse(StoredEntry::own(r#"{"v":1"#.into(), Clock(1, 0)));
    assert!(matches!(torn, Err(Fault::Corrupt { .. })), "{torn:?}");
}

async fn an_account_is_read_alone<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let accounts = ["", "a", "ab", "b", "a"];
    let entries = (1..).zip(accounts).map(|(seq, account)| added("d", seq, account, &[])).collect();
    book.append(&append_from(None, "one", entries)).await.unwrap();
    assert_eq!(ids(&book.entries("").await.unwrap()), ["d-1"]);
    assert_eq!(ids(&book.entries("a").await.unwrap()), ["d-2", "d-5"]);
    assert_eq!(ids(&book.entries("ab").await.unwrap()), ["d-3"]);
}

async fn words_are_found_by_prefix<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let words: [&[&str]; 4] = [&["ai-0001", "slip 77", "slip"], &["ai-0002"], &["ap-0001"], &["ai-0010"]];
    let entries = (1..).zip(words).map(|(seq, words)| added("d", seq, "mira", words)).collect();
    book.append(&append_from(None, "one", entries)).await.unwrap();
    assert_eq!(ids(&book.with_word("ai-000", 9).await.unwrap()), ["d-1", "d-2"]);
    assert_eq!(ids(&book.with_word("slip", 9).await.unwrap()), ["d-1"]);
    assert_eq!(ids(&book.with_word("ai", 2).await.unwrap()), ["d-1", "d-2"]);
    assert_eq!(book.with_word("i-000", 9).await, Ok(vec![]));
}

async fn chains_are_read_page_by_page_in_order<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let own = (1..=12).rev().map(|seq| added("d", seq, ["b", "a"][usize::from(seq > 6)], &[]));
    let entries = own.chain([added("c", 1, "a", &[])]).collect();
    book.append(&append_from(None, "one", entries)).await.unwrap();
    let first = book.after(None, 3).await.unwrap();
    assert_eq!(ids(&first), ["c-1", "d-1", "d-2"]);
    let place = ChainPosition::new("d", 1, 9);
    assert_eq!(ids(&book.after(Some(&place), 9).await.unwrap()), ["d-10", "d-11", "d-12"]);
    assert_eq!(book.after(Some(&ChainPosition { seq: 12, ..place }), 9).await, Ok(vec![]));
}

async fn arrivals_are_numbered_without_gaps<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let some = |seqs: &[u64]| seqs.iter().map(|seq| added("d", *seq, "mira", &[])).collect::<Vec<_>>();
    book.append(&append_from(None, "one", some(&[3, 1]))).await.unwrap();
    let first = book.arrivals().await.unwrap();
    assert!(!first.life.is_empty());
    // A commit that fails uses no number.
    let clash = append_from(Some("one"), "two", some(&[2, 3]));
    assert_eq!(book.append(&clash).await, Err(Fault::EntryExists));
    book.receive(&some(&[2]), ("caches", "stale")).await.unwrap();
    book.append(&append_from(Some("one"), "two", vec![])).await.unwrap();
    assert_eq!(book.arrivals().await, Ok(Arrivals { last: 3, ..first }));
    let arrived = book.arrived_after(0, 9).await.unwrap();
    assert_eq!(ids(&arrived), ["d-3", "d-1", "d-2"]);
    assert_eq!(arrived.iter().map(|stored| stored.arrival).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(ids(&book.arrived_after(1, 1).await.unwrap()), ["d-1"]);
    assert_eq!(book.arrived_after(3, 9).await, Ok(vec![]));
}

async fn a_branch_stands_beside_its_chain<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let branch = |seq: u64, branch: &str| {
        let bytes = line("d", seq, "mira", &format!("{branch}-{seq}"));
        let stored = StoredEntry { branch: branch.into(), ..StoredEntry::own(bytes, Clock(seq, 0)) };
        NewEntry::parse(stored).unwrap()
    };
    let own = [1, 2, 3].map(|seq| added("d", seq, "mira", &[]));
    let entries = own.into_iter().chain([branch(2, "a"), branch(3, "a"), branch(3, "b")]).collect();
    book.append(&append_from(None, "one", entries)).await.unwrap();
    assert_eq!(book.branches("d", 1).await, Ok(vec!["a".into(), "b".into()]));
    assert_eq!(book.branches("d", 2).await, Ok(vec![]));
    assert_eq!(book.branches("c", 1).await, Ok(vec![]));
    let last = book.last("d", 1).await.unwrap().unwrap();
    assert_eq!(ids(&[last]), ["d-3"]);
    let at = ChainPosition { branch: "a".into(), ..ChainPosition::new("d", 1, 2) };
    assert_eq!(ids(&[book.at(&at).await.unwrap().unwrap()]), ["a-2"]);
    assert_eq!(ids(&book.after(None, 9).await.unwrap()), ["d-1", "d-2", "d-3", "a-2", "a-3", "b-3"]);
    assert_eq!(ids(&book.after(Some(&at), 9).await.unwrap()), ["a-3", "b-3"]);
    let twice = append_from(Some("one"), "two", vec![branch(3, "b")]);
    assert_eq!(book.append(&twice).await, Err(Fault::EntryExists));
}

async fn received_entries_arrive_all_or_none<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    book.append(&whole_commit()).await.unwrap();
    let some = |seqs: &[u64]| seqs.iter().map(|seq| added("e", *seq, "bob", &[])).collect::<Vec<_>>();
    book.receive(&some(&[1, 2]), ("caches", "stale")).await.unwrap();
    assert_eq!(book.receive(&some(&[3, 2]), ("caches", "worse")).await, Err(Fault::EntryExists));
    assert_eq!(book.meta("caches").await, Ok(Some("stale".into())));
    assert_eq!(book.meta(DEVICE).await, Ok(Some("one".into())), "the device's state does not change");
    assert_eq!(ids(&book.entries("bob").await.unwrap()), ["e-1", "e-2"]);
}

async fn pages_of_accounts_are_read_from_a_number_on<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let page = |number: u32| (number, format!("page {number}").into_bytes());
    let pages = [11, 2, 0].map(page).to_vec();
    book.append(&Append { pages, ..append_from(None, "one", vec![]) }).await.unwrap();
    assert_eq!(book.pages(0).await, Ok([0, 2, 11].map(page).to_vec()));
    assert_eq!(book.pages(2).await, Ok([2, 11].map(page).to_vec()));
    assert_eq!(book.page(11).await, Ok(Some("page 11".into())));
    assert_eq!(book.page(1).await, Ok(None));
}

async fn sums_add_up_exactly<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    const LARGE: i64 = (1 << 60) + 1;
    let add = |from, to, adds: &[i64]| Append {
        totals: adds.iter().map(|add| total(1000, "A", "2026-03-02", *add)).collect(),
        ..append_from(from, to, vec![])
    };
    book.append(&add(None, "one", &[LARGE, 1])).await.unwrap();
    book.append(&add(Some("one"), "two", &[-3])).await.unwrap();
    let places = [(1000, "A".into(), "2026-03-02".into()), (1000, "B".into(), "2026-03-02".into())];
    assert_eq!(book.totals(&places).await, Ok(vec![LARGE - 2, 0]));
}

async fn sums_over_days_include_both_ends<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let days = [
        ("A", "2026-03-01", 1),
        ("A", "2026-03-02", 10),
        ("A", "2026-03-03", 100),
        ("A", "2026-03-04", 1000),
        ("A", "2026-02-28", 5_000),
        ("A", "2026-02-27", 7),
        ("A", "2026-04-02", 15_000),
        ("A", "2026-04-03", 7),
    ];
    let others = [
        total(1000, "", "2026-03-02", 7),
        total(1000, "AB", "2026-03-02", 7),
        total(1010, "A", "2026-03-02", 7),
    ];
    let totals =
        days.map(|(party, day, add)| total(1000, party, day, add)).into_iter().chain(others).collect();
    book.append(&Append { totals, ..append_from(None, "one", vec![]) }).await.unwrap();
    assert_eq!(book.sum(1000, "A", "2026-03-02", "2026-03-03").await, Ok(110));
    assert_eq!(book.sum(1000, "A", "2026-02-28", "2026-04-02").await, Ok(21_111));
}

async fn sums_up_to_a_day_are_those_of_every_party<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let totals = vec![
        total(3, "cash", "2026-03-01", 9),
        total(1000, "A", "2026-02-28", 5),
        total(1000, "A", "2026-03-02", 10),
        total(1000, "A", "2026-03-03", 100),
        total(1000, "B", "2026-03-02", 7),
        total(1000, "B", "2026-03-01", -7),
        total(2200, "20%", "2025-12-31", -20),
        total(4000, "", "2026-03-03", -80),
    ];
    book.append(&Append { totals, ..append_from(None, "one", vec![]) }).await.unwrap();
    let read = book.sums_to(1000, "2026-03-02").await;
    assert_eq!(read, Ok(vec![(1000, "A".into(), 15), (2200, "20%".into(), -20)]));
}

async fn another_tab_sees_a_commit<S: Store>(open: impl AsyncFn() -> S) {
    let (here, there) = (open().await, open().await);
    here.append(&append_from(None, "one", vec![added("d", 1, "mira", &[])])).await.unwrap();
    assert_eq!(there.meta(DEVICE).await, Ok(Some("one".into())));
    assert_eq!(
        there.append(&append_from(None, "two", vec![added("d", 2, "mira", &[])])).await,
        Err(Fault::Conflict)
    );
    there.append(&append_from(Some("one"), "two", vec![added("d", 2, "mira", &[])])).await.unwrap();
    assert_eq!(ids(&here.entries("mira").await.unwrap()), ["d-1", "d-2"]);
}

async fn rebuilding_caches_leaves_the_entries<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    book.append(&whole_commit()).await.unwrap();
    let rebuild = Append {
        rebuild: true,
        pages: vec![(3, "bob owes 1".into())],
        totals: vec![total(1010, "", "2026-03-02", 9)],
        ..append_from(Some("one"), "one", vec![])
    };
    book.append(&rebuild).await.unwrap();
    assert_eq!(book.pages(0).await, Ok(vec![(3, "bob owes 1".into())]));
    assert_eq!(book.waiting(None, 99).await, Ok(vec![]));
    assert_eq!(book.sum(1000, "A", "", "9").await, Ok(0));
    assert_eq!(book.sum(1010, "", "", "9").await, Ok(9));
    assert_eq!(ids(&book.after(None, 9).await.unwrap()), ["d-1", "d-2"]);
}
