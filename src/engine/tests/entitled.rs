//! Entries of the shop whose actors had no right to them: they do not count, are shown, and an admin lets them count.

use super::acts::*;
use super::hostile::{chained, opens};
use super::receive::{backup, busy, merge, restore};
use crate::engine::Engine;
use crate::store::Memory;
use ledger::entry::{AddStaff, Role};
use ledger::exception::Kind;
use ledger::rules::{Act, resolve_manually};

/// A clerk makes himself another admin with a hand-made line.
fn attacked() -> (Memory, Engine<Memory>) {
    let (store, engine) = busy();
    let cleo = AddStaff { name: "Cleo".into(), role: Role::Clerk, pin: None };
    record(&engine, &[act("cleo", None, Act::AddStaff(cleo))]);
    let tablet = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&tablet, &[staff("eve")]);
    let by_cleo = |line: String| {
        if line.contains("\"id\":\"eve\"") {
            line.replace("\"actor\":\"ana\"", "\"actor\":\"cleo\"")
        } else {
            line
        }
    };
    assert_eq!(merge(&engine, &chained(lines(&tablet).into_iter().map(by_cleo))), Ok(2));
    (store, engine)
}

#[test]
fn a_clerk_does_not_become_admin_by_a_file_and_an_admin_may_let_it_count() {
    let (store, engine) = attacked();
    assert!(!engine.shop().staff.contains_key(&id("eve")), "{:?}", engine.shop().staff);
    let found = now(engine.not_entitled()).unwrap();
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((only.entry.id.as_str(), only.entry.actor.as_str()), ("eve", "cleo"));
    assert_eq!(only.adoption.hash.len(), 64);
    record(&engine, &[act("adopt", None, Act::Adopt(only.adoption.clone()))]);
    assert!(engine.shop().staff.contains_key(&id("eve")));
    assert_eq!(now(engine.not_entitled()), Ok(vec![]));
    opens(&store, &engine);
}

#[test]
fn an_admin_notes_what_was_done_and_it_still_does_not_count() {
    let (store, engine) = attacked();
    let mut note = resolve_manually(Kind::NotEntitled, &id("eve"));
    if let Act::ResolveException(open) = &mut note {
        open.reason = Some("Cleo was told off".into());
    }
    record(&engine, &[act("note", None, note)]);
    assert_eq!(now(engine.not_entitled()), Ok(vec![]));
    assert!(!engine.shop().staff.contains_key(&id("eve")));
    opens(&store, &engine);
}
