//! What was changed or removed in the store is found by the verification of the chains, wherever the verification pauses.

use super::acts::*;
use super::receive::{backup, merge};
use crate::engine::{Damage, Engine, Mending, NotRecorded, Verification};
use crate::store::{CACHES, Fault, Memory, Store};
use ledger::method::Method;

/// A shop with 200 payments of two customers, and its lines.
fn busy() -> (Memory, Engine<Memory>) {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), customer("bob")]);
    for number in 0..200 {
        let customer = if number % 2 == 0 { "mira" } else { "bob" };
        record(&engine, &[payment(&format!("p-{number}"), customer, 150, Method::Cash, &[])]);
    }
    (store, engine)
}

/// Verifies everything; every so many steps it goes on from what was stored.
fn damages(engine: &Engine<Memory>, every: usize) -> Vec<Damage> {
    let (mut verification, mut found, mut steps) = (Verification::default(), Vec::new(), 0);
    while now(verification.step(engine)).unwrap() {
        found.append(&mut verification.damages);
        steps += 1;
        if steps % every == 0 {
            verification = Verification::after(verification.progress().unwrap());
        }
    }
    found.append(&mut verification.damages);
    found
}

#[test]
fn a_whole_book_has_no_damages() {
    let (_, engine) = busy();
    assert_eq!(damages(&engine, 1), []);
    // Nor has one with a branch and with chains of other devices.
    let twin = now(Engine::import(Memory::default(), &lines(&engine), today())).unwrap();
    record(&engine, &[payment("p-a", "bob", 500, Method::Cash, &[])]);
    record(&twin, &[payment("p-b", "bob", 70, Method::Cash, &[])]);
    record(&twin, &[payment("p-c", "bob", 70, Method::Cash, &[])]);
    merge(&engine, &backup(&twin)).unwrap();
    assert_eq!(damages(&engine, 3), []);
    assert_eq!(now(engine.export_pages(|_| ())).unwrap().1, []);
}

#[test]
fn a_changed_amount_is_named_and_its_account_refuses_commands() {
    let (store, engine) = busy();
    store.damage("p-41", "1.50", "901.50");
    let found = damages(&engine, 1);
    let [damage] = &found[..] else { panic!("{found:?}") };
    assert_eq!((damage.no.as_deref(), damage.account.clone()), (Some("AP-0042"), Some(id("bob"))));
    assert_eq!((damage.missing, now(engine.export_pages(|_| ())).unwrap().1), (false, found.clone()));
    engine.mark_damaged(&found);
    let pay = |customer| commit(&engine, &[payment("p-new", customer, 100, Method::Cash, &[])]).recorded;
    assert!(matches!(pay("bob"), Err(NotRecorded::Fault(Fault::Corrupt { .. }))));
    assert!(pay("mira").is_ok(), "other accounts go on");
}

#[test]
fn removed_entries_are_a_gap() {
    for gone in [1, 3] {
        let (store, engine) = busy();
        (0..gone).for_each(|more| store.remove(&format!("p-{}", 100 + more)));
        let found = damages(&engine, 1);
        let [damage] = &found[..] else { panic!("{found:?}") };
        assert_eq!((damage.missing, damage.first, damage.last), (true, 106, 105 + gone), "{damage:?}");
    }
}

#[test]
fn the_last_line_is_compared_with_the_head() {
    let (store, engine) = busy();
    store.damage("p-199", "1.50", "0.50");
    let found = damages(&engine, 2);
    assert_eq!(found.iter().map(|damage| damage.no.as_deref()).collect::<Vec<_>>(), [Some("AP-0200")]);
    assert_eq!(now(engine.verify_head()).unwrap(), found);
    store.remove("p-199");
    let found = now(engine.verify_head()).unwrap();
    assert_eq!(found.iter().map(|damage| (damage.missing, damage.first)).collect::<Vec<_>>(), [(true, 205)]);
    record(&engine, &[payment("p-new", "mira", 150, Method::Cash, &[])]);
    assert_eq!(now(engine.verify_head()).unwrap(), []);
    assert_eq!(damages(&engine, 1).len(), 1, "the chain goes on, with a gap");
}

#[test]
fn a_line_that_claims_an_earlier_number_does_not_stop_the_verification() {
    let (store, engine) = busy();
    store.damage("p-63", "\"seq\":69,", "\"seq\":2,");
    assert!(!damages(&engine, 1).is_empty());
    store.damage("p-70", "{\"v\":1,", "{\"v\":");
    assert!(!damages(&engine, 1).is_empty());
}

/// Mends what is damaged from a backup.
fn mend(engine: &Engine<Memory>, text: &String) -> Mending {
    let found = damages(engine, 1);
    engine.mark_damaged(&found);
    now(engine.mend(found, text, (today(), author().now))).unwrap()
}

#[test]
fn changed_and_removed_lines_are_mended_from_a_backup() {
    let (store, engine) = busy();
    let (whole, rows, sums) = (backup(&engine), engine.rows().clone(), store.sums());
    store.damage("p-41", "1.50", "901.50");
    store.damage("p-80", "{\"v\":1,", "{\"v\":");
    store.damage("p-199", "1.50", "0.50");
    (100..103).for_each(|gone| store.remove(&format!("p-{gone}")));
    let mended = mend(&engine, &whole);
    assert_eq!((mended.lines, mended.left.as_slice()), (6, &[][..]));
    assert_eq!(damages(&engine, 1), []);
    assert_eq!((backup(&engine), engine.rows().clone(), store.sums()), (whole, rows, sums));
    record(&engine, &[payment("p-new", "bob", 100, Method::Cash, &[])]);
}

#[test]
fn a_line_that_is_not_the_right_one_mends_nothing() {
    let (store, engine) = busy();
    let wrong = backup(&engine).replace("901.50", "1.50").replace("\"p-41\"", "\"p-4x\"");
    store.damage("p-41", "1.50", "901.50");
    let mended = mend(&engine, &wrong);
    assert_eq!((mended.lines, mended.left.len()), (0, 1));
}

#[test]
fn caches_that_are_rebuilt_do_not_believe_a_changed_line() {
    let (store, engine) = busy();
    let owed = |engine: &Engine<Memory>| engine.figures(today());
    let before = owed(&engine);
    store.damage("p-41", "1.50", "901.50");
    now(store.receive(&[], (CACHES, "another shape"))).unwrap();
    let later = tab(&store);
    assert_ne!(owed(&later), before, "the payment does not count");
    let pay = |customer| commit(&later, &[payment("p-new", customer, 100, Method::Cash, &[])]).recorded;
    assert!(matches!(pay("bob"), Err(NotRecorded::Fault(Fault::Corrupt { .. }))));
    assert!(pay("mira").is_ok(), "other accounts go on");
}
