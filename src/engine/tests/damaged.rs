//! Damaged and cut files: bad lines are named, and what is good before and after them is offered.

use super::acts::*;
use super::hostile::{chained, opens};
use super::receive::{backup, busy, merge, new_device, restore};
use crate::engine::{Engine, Flaw, NotReceived, Progress, Review, Survey};
use crate::store::Memory;
use codec::Opening;
use journal::{Line, LineError, Problem};
use ledger::method::Method;
use ledger::money::Money;

fn review(engine: &Engine<Memory>, text: &String) -> Result<Review, NotReceived> {
    now(engine.review(text, author().now, &mut Progress::new(&mut |_, _| ())))
}

fn accept(engine: &Engine<Memory>, review: Review) {
    now(engine.accept(review, (today(), author().now), &mut Progress::new(&mut |_, _| ()))).unwrap();
}

/// The good lines of a file, in an empty store.
fn rescued(text: &String) -> (Memory, Engine<Memory>, Survey) {
    let (store, mut listener) = (Memory::default(), |_, _| ());
    let mut progress = Progress::new(&mut listener);
    let survey = now(Survey::of(text, &store, (None, Opening::default()), &mut progress)).unwrap();
    let by = new_device("tablet");
    let restored = now(Engine::restore(store.clone(), text, &by, survey.clone(), &mut progress)).unwrap();
    (store, restored.0, survey)
}

fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A book of two counters: seven lines of the till, then those of the tablet.
fn two_counters() -> Vec<String> {
    let (_, engine) = busy();
    let tablet = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&tablet, &[payment("p-t", "mira", 500, Method::Cash, &[])]);
    let mut both = lines(&tablet);
    both.sort_by_key(|line| Line::parse(line.as_bytes()).unwrap().device != "till");
    both
}

#[test]
fn a_mark_and_carriage_returns_are_read() {
    let (_, engine) = busy();
    let whole = backup(&engine);
    let other = format!("\u{feff}{}", whole.replace('\n', "\r\n"));
    let there = restore(&Memory::default(), &other).unwrap();
    let held = lines(&there);
    assert!(lines(&engine).iter().all(|line| held.contains(line)));
    assert_eq!(merge(&engine, &other), Ok(0));
}

#[test]
fn what_is_good_before_and_after_a_bad_line_is_received() {
    let whole = two_counters();
    assert_eq!(whole.len(), 9);
    // (what, the damage, the lines that are named, the lines that are left out)
    type Damage = fn(&mut Vec<String>);
    let cases: [(&str, Damage, &[u64], &[u64]); 6] = [
        ("cut", |lines| lines[8].truncate(70), &[9], &[9]),
        ("unreadable", |lines| lines[4] = "x".into(), &[5, 6], &[4, 5, 6, 7]),
        ("taken out", |lines| drop(lines.remove(4)), &[5], &[4, 5, 6]),
        ("changed", |lines| lines[4] = lines[4].replace("Chair", "Couch"), &[6], &[4, 5, 6, 7]),
        ("too long", |lines| lines[4] = "x".repeat(500_000), &[5, 6], &[4, 5, 6, 7]),
        (
            "body",
            |lines| lines[4] = lines[4].replace("\"gross\":\"120.00\"", "\"gross\":\"much\""),
            &[5],
            &[4, 5, 6, 7],
        ),
    ];
    for (what, damage, named, left_out) in cases {
        let mut lines = whole.clone();
        damage(&mut lines);
        let damaged = text(&lines);
        assert!(restore(&Memory::default(), &damaged).is_err(), "{what}");
        let (store, engine, survey) = rescued(&damaged);
        assert_eq!(survey.bad.iter().map(|(at, _)| *at).collect::<Vec<_>>(), named, "{what}: {survey:?}");
        assert_eq!(survey.left_out.iter().copied().collect::<Vec<_>>(), left_out, "{what}");
        opens(&store, &engine);
        // The whole file later brings the rest.
        assert_eq!(merge(&engine, &text(&whole)), Ok(9 - (lines.len() - left_out.len()) as u64), "{what}");
    }
}

/// Lines after a bad one follow the line that is in the store: the file is damaged where nothing is missing.
#[test]
fn lines_after_a_bad_one_that_is_here_are_received() {
    let (_, engine) = busy();
    let early = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(
        &engine,
        &[payment("p-2", "bob", 500, Method::Cash, &[]), payment("p-3", "bob", 1, Method::Cash, &[])],
    );
    let mut later = lines(&engine);
    later[4] = later[4].replace("Chair", "Couch");
    later[2] = "x".into();
    let found = review(&early, &text(&later)).unwrap();
    assert_eq!(found.missing(), 2, "{:?}", found.bad);
    assert!(found.left_out > 1);
    accept(&early, found);
    assert_eq!(now(early.verify()).unwrap(), []);
    assert_eq!(merge(&early, &backup(&engine)), Ok(0));
}

#[test]
fn a_changed_line_is_named_also_where_nothing_is_missing() {
    let (_, engine) = busy();
    record(&engine, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    let mut whole = lines(&engine);
    whole[6] = whole[6].replace("\"note\":\"note\"", "\"note\":\"other\"");
    let found = review(&engine, &text(&whole)).unwrap();
    assert_eq!((found.missing(), found.left_out), (0, 1));
    assert!(matches!(found.bad.as_slice(), [(8, Flaw::Chain(Problem::Prev { .. }))]), "{:?}", found.bad);
}

#[test]
fn half_a_press_and_a_file_without_a_good_line_are_not_received() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 500)]);
    let mut whole = lines(&engine);
    whole.pop();
    let (_, there, survey) = rescued(&text(&whole));
    assert_eq!(survey.bad, [(4, Flaw::Chain(Problem::SplitPress))]);
    assert!(there.rows().is_empty());
    let not_json = NotReceived::shape(1, LineError::NotJson { column: 1 });
    assert_eq!(review(&engine, &"Dear diary\nnothing\n".into()), Err(not_json));
}

/// The second line of a press that is here was changed: the file says which line is bad, and its other lines are received.
#[test]
fn another_second_line_of_a_known_press_is_named_and_the_rest_is_received() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 500)]);
    let tablet = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&tablet, &[payment("p-t", "mira", 500, Method::Cash, &[])]);
    let mut own = lines(&engine);
    let last = own.len() - 1;
    assert!(own[last].contains("\"press\":[2,2]"), "{}", own[last]);
    own[last] = own[last].replace("o-1", "o-9");
    let held = lines(&engine);
    own.extend(lines(&tablet).into_iter().filter(|line| !held.contains(line)));
    let found = review(&engine, &text(&own)).unwrap();
    assert_eq!(found.bad, [(last as u64 + 1, Flaw::Chain(Problem::SplitPress))]);
    assert_eq!(found.missing(), 2, "the chain of the other counter, and its payment");
    accept(&engine, found);
    let credit = engine.row(&id("mira")).map(|row| row.credit);
    assert_eq!(credit, Some(Money(500)), "the payment of the other counter counts");
}

#[test]
fn a_review_tells_who_recorded_what_and_lists_what_is_about_the_shop() {
    let (store, engine) = busy();
    let tablet = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&tablet, &[payment("p-t", "mira", 500, Method::Cash, &[])]);
    record(&tablet, &[staff("dan")]);
    let before = lines(&engine);
    let found = review(&engine, &backup(&tablet)).unwrap();
    let by: Vec<_> = found.by.iter().map(|by| (by.device.as_str(), by.actor.as_str(), by.entries)).collect();
    assert_eq!((by, found.missing()), (vec![("tablet", "ana", 2)], 3));
    assert_eq!((found.by[0].first, found.by[0].last), (today(), today()));
    assert_eq!(found.of_shop.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["dan"]);
    assert_eq!(lines(&engine), before, "nothing is written before it is accepted");
    accept(&engine, found);
    opens(&store, &engine);
    assert!(engine.shop().staff.contains_key(&id("dan")));
}

/// A hand-made line that continues the chain which this device is writing, or a chain that it has not begun.
#[test]
fn only_this_device_continues_its_own_chain() {
    let (store, engine) = busy();
    let twin = now(Engine::import(Memory::default(), &lines(&engine), today())).unwrap();
    record(&twin, &[staff("eve")]);
    let own = review(&engine, &backup(&twin));
    assert_eq!(own, Err(NotReceived::Line(8, Flaw::OwnChain)));
    let first = lines(&engine)[0].replace("\"chain\":1,", "\"chain\":2,").replace("\"A\"", "\"B\"");
    assert_eq!(
        review(&engine, &(backup(&engine) + &chained([first]))),
        Err(NotReceived::Line(8, Flaw::OwnChain))
    );
    // A copy of this device that went on by itself is a branch.
    record(&engine, &[customer("later")]);
    assert_eq!(merge(&engine, &backup(&twin)), Ok(1));
    opens(&store, &engine);
}
