//! Records of the shop's log: what an endpoint says about entries that are here, and entries of others.

use super::acts::*;
use super::receive::busy;
use crate::engine::{Engine, NewChain};
use crate::store::{Fault, Memory, Store, StoredEntry};
use journal::{Clock, Hash, Line, SideVerdict, Why};
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::Act;
use sync::LogHash;
use sync::client::OwnedRecord;

fn record_of(stored: &StoredEntry, lseq: u64, order: Clock, verdict: SideVerdict) -> OwnedRecord {
    OwnedRecord {
        lseq,
        text: stored.bytes.clone(),
        hash: Hash::of(stored.bytes.as_bytes()),
        signature: None,
        order,
        verdict,
        received: order.0,
        log_hash: LogHash::empty("shop"),
    }
}

/// All entries of a book as records, with what `judge` says about the one with an id.
pub fn records(
    engine: &Engine<Memory>,
    id: &str,
    judge: impl Fn(Clock) -> (Clock, SideVerdict),
) -> Vec<OwnedRecord> {
    let entries = now(engine.entries_by_chain()).unwrap();
    let each = |(lseq, (_, stored)): (u64, &(_, StoredEntry))| {
        let is_it = Line::parse(stored.bytes.as_bytes()).unwrap().id == id;
        let (order, verdict) = if is_it { judge(stored.order) } else { (stored.order, SideVerdict::Ok) };
        record_of(stored, lseq, order, verdict)
    };
    (1..).zip(&entries).map(each).collect()
}

fn receive(engine: &Engine<Memory>, records: &[OwnedRecord]) -> Result<crate::engine::Changed, Fault> {
    let meta = [("sync".to_owned(), format!("after {}", records.len()))];
    now(engine.receive_records(records, &meta, (today(), author().now)))
}

/// Rebuilds everything, and checks that nothing changes.
fn as_rebuilt(store: &Memory, engine: &Engine<Memory>) {
    let (rows, sums) = (engine.rows().clone(), store.sums());
    now(engine.start_new_chain(&NewChain::of_store(Why::Lost), today(), author().now)).unwrap();
    assert_eq!(*engine.rows(), rows);
    assert_eq!(store.sums(), sums);
}

#[test]
fn numbers_of_the_log_change_no_figure_and_disturb_no_tab() {
    let (store, engine) = busy();
    let text = now(store.meta("device")).unwrap();
    let all = records(&engine, "", |order| (order, SideVerdict::Ok));
    assert!(!receive(&engine, &all).unwrap().any);
    assert_eq!(now(store.meta("device")).unwrap(), text);
    assert_eq!(now(store.meta("sync")).unwrap(), Some(format!("after {}", all.len())));
    let numbers: Vec<_> = now(engine.entries_by_chain()).unwrap().iter().map(|(_, each)| each.lseq).collect();
    assert_eq!(numbers, (1..=all.len() as u64).map(Some).collect::<Vec<_>>());
    as_rebuilt(&store, &engine);
}

#[test]
fn a_refused_payment_moves_no_balance_any_more_in_any_tab() {
    let (store, engine) = busy();
    let other = tab(&store);
    now(other.open_account(&id("mira"))).unwrap();
    assert_eq!(engine.row(&id("mira")).unwrap().owed, Money(0));
    let refused = records(&engine, "p-1", |order| (order, SideVerdict::RefusedLimit));
    let changed = receive(&engine, &refused).unwrap();
    assert_eq!(changed.accounts, [id("mira")].into());
    assert_eq!(engine.row(&id("mira")).unwrap().owed, Money(12_000));
    assert_eq!(engine.figures(today()).taken, Money(0));
    now(other.refresh(today())).unwrap();
    assert_eq!(other.row(&id("mira")), engine.row(&id("mira")));
    assert_eq!(other.view(&id("mira")), tab_view(&store));
    assert!(!receive(&engine, &refused).unwrap().any, "the second time it says nothing new");
    as_rebuilt(&store, &engine);
}

fn tab_view(store: &Memory) -> Option<ledger::view::account::AccountView> {
    let fresh = tab(store);
    now(fresh.open_account(&id("mira"))).unwrap();
    fresh.view(&id("mira"))
}

#[test]
fn an_entry_refused_for_its_role_is_listed_until_an_admin_lets_it_count() {
    let (_, engine) = busy();
    let refused = records(&engine, "p-1", |order| (order, SideVerdict::RefusedRole));
    receive(&engine, &refused).unwrap();
    let all = now(engine.entries_by_chain()).unwrap();
    let places: Vec<_> = all.into_iter().map(|(place, _)| place).collect();
    let found = now(engine.refused(&places)).unwrap();
    let [only] = found.as_slice() else { panic!("{found:?}") };
    let told = (only.entry.id.as_str(), only.entry.actor.as_str(), only.verdict);
    assert_eq!(told, ("p-1", "ana", SideVerdict::RefusedRole));
    assert_eq!(engine.row(&id("mira")).unwrap().owed, Money(12_000));
    record(&engine, &[act("adopt", Some("mira"), Act::Adopt(only.adoption.clone()))]);
    assert_eq!(engine.row(&id("mira")).unwrap().owed, Money(0));
    assert_eq!(now(engine.refused(&places)).unwrap(), []);
}

#[test]
fn another_order_of_an_entry_folds_its_account_anew() {
    let (store, engine) = busy();
    now(engine.open_account(&id("mira"))).unwrap();
    // The payment counts before the order that it pays.
    let earlier = records(&engine, "p-1", |_| (Clock(1, 0), SideVerdict::Ok));
    receive(&engine, &earlier).unwrap();
    assert_eq!(engine.view(&id("mira")), tab_view(&store));
    as_rebuilt(&store, &engine);
}

#[test]
fn a_refused_entry_of_the_shop_rebuilds_the_book() {
    let (store, engine) = busy();
    record(&engine, &[staff("eve")]);
    assert!(engine.shop().staff.contains_key(&id("eve")));
    let refused = records(&engine, "eve", |order| (order, SideVerdict::RefusedRole));
    receive(&engine, &refused).unwrap();
    assert!(!engine.shop().staff.contains_key(&id("eve")));
    as_rebuilt(&store, &engine);
}

#[test]
fn a_record_of_another_shop_is_not_received() {
    let (_, engine) = busy();
    let mut all = records(&engine, "", |order| (order, SideVerdict::Ok));
    all[0].text = all[0].text.replace(r#""shop":"shop""#, r#""shop":"other""#);
    assert!(matches!(receive(&engine, &all), Err(Fault::Corrupt { .. })));
    assert!(now(engine.entries_by_chain()).unwrap().iter().all(|(_, stored)| stored.lseq.is_none()));
}

#[test]
fn forgotten_numbers_are_those_after_a_place() {
    let (store, engine) = busy();
    receive(&engine, &records(&engine, "", |order| (order, SideVerdict::Ok))).unwrap();
    now(engine.forget_numbers(3, &[("sync".into(), "back".into())])).unwrap();
    let numbers: Vec<_> =
        now(engine.entries_by_chain()).unwrap().iter().filter_map(|(_, each)| each.lseq).collect();
    assert_eq!((numbers, now(store.meta("sync")).unwrap().as_deref()), (vec![1, 2, 3], Some("back")));
    assert_eq!(now(engine.stored_records(1, 9)).unwrap().len(), 2);
}

#[test]
fn own_lines_begin_with_the_press_of_the_first_one() {
    let (_, engine) = busy();
    // Customer, order and customer were one press: entries 4 to 6, after the opened chain, the shop and its owner.
    let seqs = |from, through| {
        let lines = now(engine.own_lines(1, from, through, 99)).unwrap();
        lines.iter().map(|line| Line::parse(line.as_bytes()).unwrap().seq).collect::<Vec<_>>()
    };
    assert_eq!(seqs(5, 9), [4, 5, 6, 7]);
    assert_eq!((seqs(7, 9), seqs(1, 1), seqs(8, 9)), (vec![7], vec![1], vec![]));
    assert_eq!(now(engine.own_chains()).unwrap(), [(1, 7)]);
}

#[test]
fn a_device_moves_to_another_drawer_with_a_new_chain() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira")]);
    let new = NewChain { drawer: Some("Z".into()), ..NewChain::of_store(Why::New) };
    now(engine.start_new_chain(&new, today(), author().now)).unwrap();
    assert_eq!((engine.device().drawer.as_str(), engine.device().chain), ("Z", 2));
    record(&engine, &[payment("p-1", "mira", 100, Method::Cash, &[])]);
    let stays = NewChain::of_store(Why::Lost);
    now(engine.start_new_chain(&stays, today(), author().now)).unwrap();
    assert_eq!((engine.device().drawer.as_str(), engine.device().chain), ("Z", 3));
    assert_eq!(now(engine.verify()).unwrap(), []);
}
